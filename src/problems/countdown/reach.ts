import { calculate, movesOf } from "./operations.ts";

/** Answers that are remembered; the memory is emptied when it is full. */
const MEMORY = 200_000;
const known = new Map<string, boolean>();

/**
 * Whether some order of operations makes `target` of all these numbers, at most
 * 6 of them. Exact. Microseconds for up to 4 numbers, some milliseconds for 6.
 */
export function canReach(numbers: readonly number[], target: number): boolean {
  if (numbers.length === 1) return numbers[0] === target;
  if (numbers.length === 2) {
    return movesOf(numbers[0]!, numbers[1]!).some(({ value }) => value === target);
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  const key = `${sorted.join(" ")}>${target}`;
  let answer = known.get(key);
  if (answer === undefined) {
    answer = reaches(startSearch(sorted), (1 << sorted.length) - 1, target);
    if (known.size >= MEMORY) known.clear();
    known.set(key, answer);
  }
  return answer;
}

/**
 * The number nearest to `target` that all these numbers can make, the smaller
 * one of two. Up to some hundred milliseconds for 6 numbers.
 */
export function nearestReachable(numbers: readonly number[], target: number): number {
  const search = startSearch(numbers);
  const all = (1 << numbers.length) - 1;
  let nearest = Number.POSITIVE_INFINITY;
  const distance = (value: number) => Math.abs(value - target);
  const offer = (value: number) => {
    const gain = distance(nearest) - distance(value);
    if (gain > 0 || (gain === 0 && value < nearest)) nearest = value;
  };
  if (numbers.length === 1) offer(numbers[0]!);
  for (const [some, others] of halvings(all)) combine(search, some, others, offer);
  return nearest;
}

/**
 * Work on one list of numbers. Its subsets are bit masks: bit i stands for
 * `numbers[i]`.
 */
interface Search {
  readonly numbers: readonly number[];
  /** What each subset can make, where that has been listed. */
  readonly makes: Map<number, ReadonlySet<number>>;
  /** Targets that each subset is known to miss. */
  readonly misses: Map<number, Set<number>>;
}

/** Subsets up to this size are listed; larger ones are split from the target backwards. */
const LISTED_SIZE = 3;

function startSearch(numbers: readonly number[]): Search {
  return { numbers, makes: new Map(), misses: new Map() };
}

/**
 * Whether a subset makes `target`. The last operation joins the results of two
 * parts of it, so for each result of the smaller part the larger one has to
 * make one of at most 6 numbers.
 */
function reaches(search: Search, subset: number, target: number): boolean {
  if (sizeOf(subset) <= LISTED_SIZE) return listOf(search, subset).has(target);
  const misses = search.misses.get(subset) ?? new Set();
  search.misses.set(subset, misses);
  if (misses.has(target)) return false;
  for (const [smaller, larger] of halvings(subset)) {
    for (const value of listOf(search, smaller)) {
      for (const needed of partners(value, target)) {
        if (reaches(search, larger, needed)) return true;
      }
    }
  }
  misses.add(target);
  return false;
}

/** The numbers x with x + value, x - value, value - x, x * value, x / value or value / x = target. */
function partners(value: number, target: number): number[] {
  const found = [value + target];
  if (value !== target) found.push(Math.abs(target - value));
  if (target % value === 0) found.push(target / value);
  if (value % target === 0) found.push(value / target);
  const product = calculate(value, "*", target);
  if (product !== null) found.push(product);
  return found;
}

function listOf(search: Search, subset: number): ReadonlySet<number> {
  let list = search.makes.get(subset);
  if (list === undefined) {
    list = makeList(search, subset);
    search.makes.set(subset, list);
  }
  return list;
}

function makeList(search: Search, subset: number): ReadonlySet<number> {
  if (sizeOf(subset) === 1) return new Set([search.numbers[31 - Math.clz32(subset)]!]);
  const list = new Set<number>();
  for (const [some, others] of halvings(subset)) {
    combine(search, some, others, (value) => list.add(value));
  }
  return list;
}

/** Calls `receive` with every result of one operation between a result of each part. */
function combine(
  search: Search,
  some: number,
  others: number,
  receive: (value: number) => void,
): void {
  const theirs = listOf(search, others);
  for (const a of listOf(search, some)) {
    for (const b of theirs) forEachResult(a, b, receive);
  }
}

/** The values of `movesOf`, without the moves: this is the inner loop. */
function forEachResult(a: number, b: number, receive: (value: number) => void): void {
  const [small, large] = a < b ? [a, b] : [b, a];
  if (a + b <= Number.MAX_SAFE_INTEGER) receive(a + b);
  if (a !== b) receive(large - small);
  if (a * b <= Number.MAX_SAFE_INTEGER) receive(a * b);
  if (large % small === 0) receive(large / small);
}

/** The ways to split a subset in two parts, each once, the part with fewer numbers first. */
function halvings(subset: number): readonly (readonly [number, number])[] {
  HALVINGS[subset] ??= halve(subset);
  return HALVINGS[subset];
}

const HALVINGS: (readonly (readonly [number, number])[])[] = [];

function halve(subset: number): [number, number][] {
  const lowest = subset & -subset;
  const halves: [number, number][] = [];
  // The parts without the lowest number, so that no split comes twice.
  for (let part = (subset - 1) & subset; part > 0; part = (part - 1) & subset) {
    if (part & lowest) continue;
    const rest = subset ^ part;
    halves.push(sizeOf(part) <= sizeOf(rest) ? [part, rest] : [rest, part]);
  }
  return halves;
}

function sizeOf(subset: number): number {
  let size = 0;
  for (let rest = subset; rest > 0; rest &= rest - 1) size++;
  return size;
}
