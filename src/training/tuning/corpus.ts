import { createRandom, deriveSeed } from "../../lib/random.ts";
import type { EarlierTurn } from "../../models/embedded/vocabulary.ts";
import { familyOf } from "../../problems/families.ts";
import type { Family, Split } from "../../problems/family.ts";
import type { Recipe } from "../recipe.ts";

/** One solved problem to learn from. */
export interface Example {
  readonly family: string;
  readonly problem: string;
  readonly steps: readonly string[];
  readonly answer: string;
  /** Turns of a conversation before it: they are no part of what is asked. */
  readonly earlier: readonly EarlierTurn[];
}

/** Problems of one family and level, and how often they are drawn. */
export interface Cell {
  readonly family: Family;
  readonly level: number;
  readonly weight: number;
}

/** The endless corpus of a recipe: `exampleAt` is a pure function of its seed. */
export function createCorpus(recipe: Recipe): (seed: number, split?: Split) => Example {
  const cells = mixOf(recipe);

  return (seed, split = "train") => {
    const random = createRandom(seed);
    const { family, level } = drawCell(cells, random);
    const problem = family.generate({ level, seed: deriveSeed(seed, 1), split });
    const ending = random() < recipe.corpus.deadEnds ? "dead-end" : "solved";
    const { steps, answer } = family.writeSolution(problem, random, ending);
    const hasEarlier = random() < recipe.corpus.earlierTurns;
    const earlier = hasEarlier ? [drawTurn(cells, random, deriveSeed(seed, 2))] : [];
    return { family: family.name, problem: family.render(problem), steps, answer, earlier };
  };
}

export function mixOf({ corpus }: Pick<Recipe, "corpus">): Cell[] {
  return Object.entries(corpus.mix).flatMap(([name, levels]) =>
    Object.entries(levels).map(([level, weight]) => ({
      family: familyOf(name),
      level: Number(level),
      weight,
    })),
  );
}

/** Longest problem of an earlier turn, in characters: the longest example after it still fits the context. */
const LONGEST_EARLIER = 120;

/** A training problem with its answer, its reasoning dropped. */
function drawTurn(cells: readonly Cell[], random: () => number, seed: number): EarlierTurn {
  for (let draw = 0; ; draw++) {
    const { family, level } = drawCell(cells, random);
    const problem = family.generate({ level, seed: deriveSeed(seed, draw), split: "train" });
    const text = family.render(problem);
    if (text.length > LONGEST_EARLIER) continue;
    const { steps, answer } = family.writeSolution(problem, random, "solved");
    // As it is shown, which for countdown is the expression that was built.
    return { problem: text, answer: family.grade(problem, steps, answer).answer ?? answer };
  }
}

/** One of the cells, each as likely as its weight says. */
export function drawCell(cells: readonly Cell[], random: () => number): Cell {
  let left = random() * cells.reduce((sum, { weight }) => sum + weight, 0);
  for (const cell of cells) {
    left -= cell.weight;
    if (left < 0) return cell;
  }
  return cells.at(-1)!;
}
