import { drawInteger, drawOne, shuffled } from "../../lib/draw.ts";
import { ProblemError } from "../family.ts";
import {
  CONTAINERS,
  DISHES,
  genderOf,
  MEN,
  singularOf,
  THINGS,
  VEHICLES,
  WOMEN,
} from "./lexicon.ts";
import { neededIn, readSentences, tell, type WordProblem, writeProblem } from "./problem.ts";
import { type Calculated, countOperations, mergesInOrder } from "./quantities.ts";
import type { Sentence } from "./sentences.ts";
import { SITUATIONS } from "./situations.ts";

/** Every value in a generated problem is in [2, MAX_VALUE]. */
const MAX_VALUE = 400;
/** The smaller factor of every product, and the divisor or the quotient of every division, is in [2, MAX_FACTOR]. */
const MAX_FACTOR = 9;
/** Longest text by level, in characters. */
const MAX_LENGTH = [0, 0, 110, 140, 170, 200, 230];
/** Problems from this level on may hold a number that nobody needs, this often. */
const IDLE_FROM = 3;
const IDLE_SHARE = 0.35;
/** How often numbers are drawn for one story before another is told. */
const TRIES = 40;

const ROLE = /\{(\w)\}/g;
/** Stands for a number while the rest of a story is read. */
const ANY_NUMBER = "2";

/** Ranges of numbers by role. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  f: [2, 9],
  e: [3, 24],
  n: [3, 60],
  w: [60, 360],
  y: [3, 18],
};

/** A problem of `level` operations: a story is told, then numbers are drawn until they fit. */
export function drawProblem(level: number, random: () => number): WordProblem {
  for (;;) {
    const problem = fillIn(drawStory(level, random), level, random);
    if (problem !== null) return problem;
  }
}

/** A story without its numbers. */
interface Outline {
  readonly sentences: readonly Sentence[];
  /** Roles of its numbers, in the order of the text. */
  readonly roles: readonly string[];
  /** Whether a number in it is to be of no use. */
  readonly idle: boolean;
}

/** The story with numbers that fit; `null` if none are found, or it has not `level` operations. */
function fillIn(outline: Outline, level: number, random: () => number): WordProblem | null {
  for (let i = 0; i < TRIES; i++) {
    const told = tellIfSensible(drawNumbers(outline, random));
    if (told === null) return null;
    const { doubt, ...problem } = told;
    if (countOperations(neededIn(problem)) !== level) return null;
    if (hasIdle(problem) !== outline.idle) return null;
    if (doubt === null && isPlain(problem)) {
      return writeProblem(problem).length <= MAX_LENGTH[level]! ? problem : null;
    }
  }
  return null;
}

function drawStory(level: number, random: () => number): Outline {
  const situation = drawOne(random, SITUATIONS);
  const idle = level >= IDLE_FROM && random() < IDLE_SHARE;
  const events = Array.from({ length: drawInteger(random, 0, level) }, () =>
    drawOne(random, situation.events),
  );
  if (idle) {
    events.splice(drawInteger(random, 0, events.length), 0, drawOne(random, situation.idle));
  }
  const cast = new Cast(random, situation.things ?? Object.keys(THINGS));
  const parts = [
    drawOne(random, situation.openings),
    ...events,
    drawOne(random, situation.endings),
  ];
  const text = parts.map((part) => cast.give(part)).join(" ");
  return {
    sentences: readSentences(text.replaceAll(ROLE, ANY_NUMBER)).map(({ sentence }) => sentence),
    roles: [...text.matchAll(ROLE)].map(([, role]) => role!),
    idle,
  };
}

/** Who and what plays which role in one story. */
class Cast {
  readonly #random: () => number;
  readonly #fixed = new Map<string, string>();
  readonly #names: string[];
  readonly #things: string[];
  readonly #dishes: string[];
  readonly #people: string[] = [];

  constructor(random: () => number, things: readonly string[]) {
    this.#random = random;
    this.#names = shuffled(random, [...WOMEN, ...MEN]);
    const thing = drawOne(random, things);
    this.#things = shuffled(random, Object.keys(THINGS)).filter((other) => other !== thing);
    this.#dishes = shuffled(random, Object.keys(DISHES));
    const [k, j] = shuffled(random, Object.keys(CONTAINERS));
    const roles = { t: thing, T: singularOf(thing), k: k!, j: j!, V: drawOne(random, VEHICLES) };
    for (const [role, word] of Object.entries(roles)) this.#fixed.set(role, word);
  }

  /** One part of the story with words for its roles; numbers keep theirs. */
  give(part: string): string {
    const here = new Map<string, string>();
    this.#draw(here, "x", this.#things);
    this.#draw(here, "d", this.#dishes);
    const others = shuffled(this.#random, this.#people);
    return part.replace(/\{(\w)\}/g, (slot, role: string) => {
      if (role in RANGES) return slot;
      return here.get(role) ?? this.#fixed.get(role) ?? this.#person(role, others);
    });
  }

  #draw(here: Map<string, string>, role: string, from: string[]): void {
    const noun = from.pop() ?? drawOne(this.#random, Object.keys(role === "x" ? THINGS : DISHES));
    here.set(role, noun);
    here.set(role.toUpperCase(), singularOf(noun));
  }

  #person(role: string, others: string[]): string {
    if (role === "M") return others.pop() ?? this.#introduce();
    if (role === "L") return this.#people.at(-1)!;
    if (role === "N") return this.#introduce();
    const isNamed = this.#fixed.has("hero");
    const hero = this.#fixed.get("hero") ?? this.#introduce();
    this.#fixed.set("hero", hero);
    if (!isNamed) return hero;
    const pronoun = genderOf(hero);
    if (role === "O") return pronoun === "she" ? "her" : "him";
    return role === "P" ? `${pronoun[0]!.toUpperCase()}${pronoun.slice(1)}` : pronoun;
  }

  #introduce(): string {
    const name = this.#names.pop()!;
    this.#people.push(name);
    return name;
  }
}

function drawNumbers({ sentences, roles }: Outline, random: () => number): Sentence[] {
  let next = 0;
  return sentences.map(({ form, slots }) => {
    const filled = Object.entries(slots).map(([slot, word]) => {
      if (typeof word === "string") return [slot, word];
      const [low, high] = RANGES[roles[next++]!]!;
      return [slot, drawInteger(random, low, high)];
    });
    return { form, slots: Object.fromEntries(filled) };
  });
}

function tellIfSensible(sentences: readonly Sentence[]): ReturnType<typeof tell> | null {
  try {
    return tell(sentences);
  } catch (error) {
    // Parts that were drawn one by one need not make a story, such as a question about nobody.
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** Whether values and factors keep to their limits, and what is calculated cannot be mistaken for something else. */
function isPlain(problem: WordProblem): boolean {
  const needed = neededIn(problem);
  const given = problem.quantities.filter(({ kind }) => kind === "given");
  const seen = new Set(given.map(({ value }) => value));
  const large = given.filter(({ value }) => value > MAX_FACTOR).map(({ value }) => value);
  if (new Set(large).size < large.length) return false;
  for (const quantity of needed) {
    if (quantity.kind === "given") continue;
    const values = plainValues(problem, quantity);
    if (values === null || values.some((value) => seen.has(value))) return false;
    for (const value of values) seen.add(value);
  }
  return true;
}

/** The values that calculate a quantity from the left; `null` if one is not plain. */
function plainValues({ quantities }: WordProblem, { kind, terms }: Calculated): number[] | null {
  const amounts = terms.map(({ of, inverse }) => ({ ...quantities[of]!, inverse }));
  const values: number[] = [];
  // Equal terms could not be told apart.
  if (new Set(amounts.map(({ value }) => value)).size < amounts.length) return null;
  for (const merge of mergesInOrder(kind, amounts)) {
    const { value } = merge!.result;
    const small = kind === "sum" ? 2 : smallest(merge!);
    if (value < 2 || value > MAX_VALUE || small < 2 || small > MAX_FACTOR) return null;
    values.push(value);
  }
  return values;
}

function smallest({
  left,
  operator,
  right,
  result,
}: NonNullable<ReturnType<typeof mergesInOrder>[number]>) {
  return operator === "/" ? Math.min(right, result.value) : Math.min(left, right);
}

/** Whether a number stands in the text that the question does not need. */
function hasIdle(problem: WordProblem): boolean {
  const needed = new Set(neededIn(problem));
  return problem.quantities.some((quantity) => quantity.kind === "given" && !needed.has(quantity));
}
