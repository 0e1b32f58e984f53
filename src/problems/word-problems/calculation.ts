import {
  type Amount,
  type Calculated,
  type Merge,
  mergeFactors,
  mergeTerms,
  neededFor,
  type Quantity,
} from "./quantities.ts";

/** Words of a line that makes one of two amounts before it is their turn. */
export const TOGETHER = "together";

/**
 * A number that waits to be merged. Quantities of the same kind that are used
 * once lie in one group, so that `200-(60+24)` may be done as `200-60-24`;
 * `homes` are the quantities that it is a part of, outermost first. What is
 * merged takes the place of the left one, so the first item of a home always
 * holds that quantity's first term.
 */
interface Item extends Amount {
  /** The quantity that it is, `null` once merged. Its value counts only when that is known. */
  readonly of: number | null;
  readonly homes: readonly number[];
}

/** How far a calculation has come. */
export interface Progress {
  /** What is left to merge, by the quantity that it makes. */
  readonly groups: ReadonlyMap<number, readonly Item[]>;
}

/** One line that is right here. */
export interface Move {
  readonly merge: Merge;
  /** What the line begins with. */
  readonly words: string;
  /** Whether the first two terms of a quantity are merged, as one calculates from the left. */
  readonly inOrder: boolean;
  readonly next: Progress;
}

/** The calculation of a quantity: everything that it needs and nothing else. */
export class Calculation {
  readonly start: Progress;
  readonly #quantities: readonly Quantity[];

  constructor(quantities: readonly Quantity[], asked: number) {
    this.#quantities = quantities;
    const needed = neededFor(quantities, asked);
    const uses = new Map<number, number>();
    for (const index of needed) {
      for (const { of } of this.#termsOf(index)) uses.set(of, (uses.get(of) ?? 0) + 1);
    }
    const groups = new Map<number, readonly Item[]>();
    const inner = new Set<number>();
    for (const index of needed.toReversed()) {
      const quantity = quantities[index]!;
      if (quantity.kind === "given" || inner.has(index)) continue;
      groups.set(index, this.#flatten(index, quantity.kind, { uses, inner }));
    }
    this.start = { groups };
  }

  /** Every move that leads on. */
  movesFrom(progress: Progress): Move[] {
    return [...progress.groups].flatMap(([made, items]) => {
      const merge = this.#calculated(made).kind === "sum" ? mergeTerms : mergeFactors;
      return knownPairs(items, progress).flatMap(([i, j]) => {
        const merged = merge(items[i]!, items[j]!);
        const isWhole = merged !== null && Number.isInteger(merged.result.value);
        return !isWhole ? [] : [this.#move(progress, made, [i, j], merged)];
      });
    });
  }

  #termsOf(index: number) {
    const quantity = this.#quantities[index]!;
    return quantity.kind === "given" ? [] : quantity.terms;
  }

  #calculated(index: number): Calculated {
    const quantity = this.#quantities[index]!;
    if (quantity.kind === "given") throw new RangeError(`quantity ${index} is given`);
    return quantity;
  }

  /** The terms of a quantity, those of inner quantities of its kind in their places. */
  #flatten(
    index: number,
    kind: Calculated["kind"],
    { uses, inner }: { uses: ReadonlyMap<number, number>; inner: Set<number> },
  ): Item[] {
    const items: Item[] = [];
    const todo = [{ of: index, inverse: false, homes: [] as readonly number[] }];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const { of, inverse, homes } = next;
      const quantity = this.#quantities[of]!;
      const opens = of === index || (uses.get(of) === 1 && !(kind === "product" && inverse));
      if (quantity.kind !== kind || !opens) {
        items.push({ ...next, value: quantity.value, unit: quantity.unit });
        continue;
      }
      if (of !== index) inner.add(of);
      const terms = quantity.terms.map((term) => ({
        of: term.of,
        inverse: term.inverse !== inverse,
        homes: [...homes, of],
      }));
      todo.push(...terms.toReversed());
    }
    return items;
  }

  #move(progress: Progress, made: number, [i, j]: readonly [number, number], merge: Merge): Move {
    const items = progress.groups.get(made)!;
    const a = items[i]!;
    const b = items[j]!;
    const homes = a.homes.slice(0, commonDepth(a.homes, b.homes));
    const home = homes.at(-1)!;
    const broken = new Set([...a.homes, ...b.homes].filter((each) => !homes.includes(each)));
    const isFirst = items.findIndex((item) => item.homes.includes(home)) === i;
    const rest = items
      .filter((item) => item !== a && item !== b)
      .map((item) => leaveHomes(item, broken));
    const whole = { ...merge.result, of: null, homes: homesLeft(homes, rest) };
    const groups = new Map(progress.groups);
    if (rest.length === 0) groups.delete(made);
    else groups.set(made, rest.toSpliced(i, 0, whole));
    return {
      merge,
      words: isFirst ? this.#calculated(home).words : TOGETHER,
      inOrder: isFirst && j === i + 1 && broken.size === 0,
      next: { groups },
    };
  }
}

/** A text that is equal for states of a calculation from which the same lines are right. */
export function progressKey({ groups }: Progress): string {
  return [...groups]
    .map(([made, items]) => {
      const keys = items.map(({ value, inverse, homes, of }) =>
        [value, inverse, homes.join("."), of !== null && groups.has(of) ? of : ""].join(" "),
      );
      return `${made}: ${keys.join(", ")}`;
    })
    .join("; ");
}

/** Places of every two items whose values are known. */
function knownPairs(items: readonly Item[], progress: Progress): [number, number][] {
  const known = [...items.keys()].filter((i) => isKnown(items[i]!, progress));
  return known.flatMap((j, count) => known.slice(0, count).map((i): [number, number] => [i, j]));
}

function isKnown({ of }: Item, { groups }: Progress): boolean {
  return of === null || !groups.has(of);
}

function commonDepth(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((home, i) => home !== b[i]);
  return differs === -1 ? a.length : differs;
}

/** A quantity of which one part could not wait is no longer calculated by itself. */
function leaveHomes(item: Item, broken: ReadonlySet<number>): Item {
  return { ...item, homes: item.homes.filter((home) => !broken.has(home)) };
}

/** A quantity of which nothing else is left is a term of the one around it. */
function homesLeft(homes: readonly number[], rest: readonly Item[]): readonly number[] {
  const isOpen = (home: number) => rest.some((other) => other.homes.includes(home));
  return homes.filter((home, i) => i === 0 || isOpen(home));
}
