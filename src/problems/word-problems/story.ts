import { type Said, say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";
import { genderOf, isName } from "./lexicon.ts";
import {
  type Amount,
  type Calculated,
  type Merge,
  mergesInOrder,
  type Quantity,
  type Term,
} from "./quantities.ts";

/** Values beyond this are no mental arithmetic, and refused. */
const MAX_VALUE = 999_999;

/** What the quantities in between are called when they are calculated. */
interface Naming {
  readonly words: string;
  readonly what: Said;
  readonly title?: Said;
}

/**
 * A story while it is told. Everyone in it has a ledger for each unit, a list
 * of amounts that came and went; a sentence adds to ledgers or turns what is
 * in one into another unit, and the question asks for the sum of one. Throws a
 * `ProblemError` for what makes no sense whatever the numbers are; what only
 * the numbers forbid is its `doubt`.
 */
export class Story {
  readonly quantities: Quantity[] = [];
  /** Prices and the like: indices of quantities by what they are of. */
  readonly facts = new Map<string, number>();
  readonly #ledgers = new Map<
    string,
    { terms: Term[]; words: string; owner: string; unit: string }
  >();
  #hero: string | null = null;
  #asked: number | null = null;
  #doubt: Said | null = null;

  /** Index of the quantity that is asked for, `null` before the question. */
  get asked(): number | null {
    return this.#asked;
  }

  /** The first calculation so far that its numbers forbid, such as taking away more than there is. */
  get doubt(): Said | null {
    return this.#doubt;
  }

  /** Begins to tell of someone or something, which pronouns then stand for. */
  introduce(who: string): string {
    this.#hero ??= who;
    return who;
  }

  /** Whom a name or a pronoun means. */
  who(word: string): string {
    if (isName(word)) return this.introduce(word);
    const hero = this.#hero;
    if (hero === null) throw new ProblemError(say('it is not said who "{word}" is', { word }));
    if (genderOf(hero) !== genderOf(word))
      throw new ProblemError(say('"{word}" cannot be {who}', { word, who: hero }));
    return hero;
  }

  given(value: number, unit: string, what: Said, per: string | null = null): number {
    return this.#add({ kind: "given", value, unit: { word: unit, per }, what });
  }

  /** `count` times an amount for each, such as 3 bags of 6 pens. */
  times(
    [count, counted]: readonly [number, string],
    [each, unit]: readonly [number, string],
    naming: Naming,
  ): number {
    const factors = [
      this.given(count, counted, say("the {things}", { things: counted })),
      this.given(each, unit, say("the {things} of each", { things: unit }), counted),
    ];
    return this.product(factors.map(forward), naming);
  }

  product(terms: readonly Term[], naming: Naming): number {
    return this.#calculate("product", terms, naming);
  }

  sum(terms: readonly Term[], naming: Naming): number {
    return terms.length === 1 && !terms[0]!.inverse
      ? terms[0]!.of
      : this.#calculate("sum", terms, naming);
  }

  /** Adds to a ledger, which `words` name in the lines that sum it up. */
  gain(owner: string, unit: string, of: number, words = "now has"): void {
    this.#ledger(owner, unit, words).terms.push({ of, inverse: false });
  }

  lose(owner: string, unit: string, of: number, words = "now has"): void {
    const ledger = this.#ledger(owner, unit, words);
    if (ledger.terms.length === 0) {
      throw new ProblemError(
        say("it is not said how many {things} there are at first", { things: unit }),
      );
    }
    ledger.terms.push({ of, inverse: true });
  }

  has(owner: string, unit: string): boolean {
    return this.#ledgers.has(`${owner} ${unit}`);
  }

  /** Owners of a ledger of this unit, in the order in which they came. */
  ownersOf(unit: string): string[] {
    return [...this.#ledgers.values()].filter((l) => l.unit === unit).map(({ owner }) => owner);
  }

  /** Units of which an owner has a ledger. */
  unitsOf(owner: string): string[] {
    return [...this.#ledgers.values()].filter((l) => l.owner === owner).map(({ unit }) => unit);
  }

  /** The sum of a ledger, which from here on is one amount. */
  close(owner: string, unit: string): number {
    const ledger = this.#ledgers.get(`${owner} ${unit}`);
    if (ledger === undefined || ledger.terms.length === 0) {
      throw new ProblemError(
        say("nothing is said of the {things} that the question needs", { things: unit }),
      );
    }
    const of = this.sum(ledger.terms, {
      words: ledger.words,
      what: say("the {things} so far", { things: unit }),
    });
    ledger.terms = [forward(of)];
    return of;
  }

  /** Takes all that is in a ledger out of it. */
  empty(owner: string, unit: string): number {
    const of = this.close(owner, unit);
    this.#ledgers.delete(`${owner} ${unit}`);
    return of;
  }

  /** Begins the ledger of somebody of whom nothing was said yet. */
  begin(owner: string, unit: string, of: number): void {
    if (this.has(owner, unit))
      throw new ProblemError(
        say("the {things} of {who} are told twice", { things: unit, who: owner }),
      );
    this.gain(owner, unit, of);
  }

  /** States a fact, which holds wherever in the story it is told. */
  state(of: string, quantity: number): void {
    if (this.facts.has(of))
      throw new ProblemError(say("two sentences tell of {what}", { what: of }));
    this.facts.set(of, quantity);
  }

  fact(of: string): number {
    const found = this.facts.get(of);
    if (found === undefined) throw new ProblemError(say("nothing is said of {what}", { what: of }));
    return found;
  }

  ask(of: number): void {
    this.#asked = of;
  }

  #ledger(owner: string, unit: string, words: string) {
    const key = `${owner} ${unit}`;
    const ledger = this.#ledgers.get(key) ?? { terms: [], words, owner, unit };
    this.#ledgers.set(key, ledger);
    return ledger;
  }

  #calculate(kind: Calculated["kind"], terms: readonly Term[], naming: Naming): number {
    const amounts = terms.map(({ of, inverse }): Amount => {
      const { value, unit } = this.quantities[of]!;
      return { value, unit, inverse };
    });
    const { value, unit } = this.#resultOf(kind, amounts);
    const {
      words,
      what,
      title = kind === "product" ? say("count {what}", { what }) : null,
    } = naming;
    return this.#add({ kind, terms: [...terms], value, unit, what, words, title });
  }

  /** What a sum or product comes to, calculated from the left. */
  #resultOf(kind: Calculated["kind"], amounts: readonly Amount[]): Pick<Amount, "value" | "unit"> {
    const merges = mergesInOrder(kind, amounts);
    for (const merge of merges) {
      if (merge === null) throw new ProblemError(say("these amounts cannot be put together"));
      this.#doubt ??= doubtIn(merge);
    }
    return merges.at(-1)?.result ?? amounts[0]!;
  }

  #add(quantity: Quantity): number {
    return this.quantities.push(quantity) - 1;
  }
}

export function forward(of: number): Term {
  return { of, inverse: false };
}

export function inverse(of: number): Term {
  return { of, inverse: true };
}

/** What cannot be done in the story with these two amounts; `null` if all is well. */
function doubtIn({ left, operator, right, result }: Merge): Said | null {
  if (!Number.isInteger(result.value))
    return say("{left} cannot be divided by {right} exactly", {
      left: String(left),
      right: String(right),
    });
  if (result.inverse)
    return say("{left} cannot be taken from {right}", {
      left: `${left} ${result.unit.word}`,
      right: String(right),
    });
  return result.value > MAX_VALUE
    ? say("{calculation} is too large", { calculation: `${left}${operator}${right}` })
    : null;
}
