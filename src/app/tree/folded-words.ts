import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { formatCount } from "../format.ts";
import { FoldedCount, foldedWords } from "./folded-facts.ts";
import type { Ground } from "./ground.ts";

type Place = Pick<Ground, "shownAt" | "size">;

/** Work of one frame, see `WORK_A_NODE`: for what is asked for the first time, and as much again for what was begun before. About 2 ms each. */
const WORK = 1_000_000;

const NO_WORDS: readonly string[] = [];

/** A count that takes longer than a frame. */
interface Job {
  readonly count: FoldedCount;
  readonly moment: Moment;
}

/** What words follow from. */
interface Moment {
  readonly tree: Tree;
  readonly version: number;
  readonly at: number;
  readonly shownAt: Int32Array;
}

/**
 * What is folded into items, in words: see `foldedWords`. Exact for items of any size: what
 * takes longer than a frame may is counted over several of them, of the moment at which that
 * began, and meanwhile it says what it said before, or its size. Counts only what is asked for.
 */
export class FoldedWords {
  readonly #work: number;
  #moment: Moment | null = null;
  /** Of the moment that was asked for last. */
  #words = new Map<NodeId, readonly string[]>();
  /** Of the moments before: the last that was said of those asked for. */
  #before = new Map<NodeId, readonly string[]>();
  readonly #jobs = new Map<NodeId, Job>();
  #asked = new Set<NodeId>();
  #left: number;
  /** `shownAt` as jobs keep it: the memory of an arrangement is used again for the next. */
  #kept: { readonly of: Int32Array; readonly copy: Int32Array } | null = null;

  /** `work`: that of one frame, twice. */
  constructor(work = WORK) {
    this.#work = work;
    this.#left = work;
  }

  /** Whether words will be others although nothing happens. */
  get isCounting(): boolean {
    return this.#jobs.size > 0;
  }

  /** Begins a frame: goes on with what was asked for in the last one and is not counted yet. */
  advance(): void {
    this.#left = this.#work;
    let left = this.#work;
    for (const [item, { count, moment }] of this.#jobs) {
      if (!this.#asked.has(item)) this.#jobs.delete(item);
      else if (left > 0) left = count.advance(left);
      if (!count.isDone || !this.#jobs.delete(item)) continue;
      const words = foldedWords(count.facts());
      (moment === this.#moment ? this.#words : this.#before).set(item, words);
    }
    this.#asked = new Set();
    if (this.#jobs.size === 0) this.#kept = null;
  }

  /** From all that there is to say to the least. */
  of(tree: Tree, at: number, { shownAt, size }: Place, item: NodeId): readonly string[] {
    if (shownAt === null || size === null) return NO_WORDS;
    const moment = this.#momentOf(tree, at, shownAt);
    this.#asked.add(item);
    const known = this.#words.get(item);
    if (known !== undefined) return known;
    if (!this.#jobs.has(item)) {
      const count = new FoldedCount(tree, at, { shownAt, size }, item);
      this.#left = count.advance(this.#left);
      if (count.isDone) {
        const words = foldedWords(count.facts());
        this.#words.set(item, words);
        return words;
      }
      count.use(this.#copyOf(shownAt));
      this.#jobs.set(item, { count, moment });
    }
    return this.#before.get(item) ?? [formatCount(size[item]!)];
  }

  #momentOf(tree: Tree, at: number, shownAt: Int32Array): Moment {
    const seen = this.#moment;
    const isSame = seen?.tree === tree && seen.at === at && seen.shownAt === shownAt;
    if (isSame && seen.version === tree.version) return seen;
    if (seen?.tree !== tree) this.#forget();
    for (const item of this.#before.keys()) if (!this.#asked.has(item)) this.#before.delete(item);
    for (const [item, words] of this.#words) this.#before.set(item, words);
    this.#words = new Map();
    this.#moment = { tree, version: tree.version, at, shownAt };
    return this.#moment;
  }

  #forget(): void {
    this.#words = new Map();
    this.#before.clear();
    this.#jobs.clear();
  }

  #copyOf(shownAt: Int32Array): Int32Array {
    if (this.#kept?.of !== shownAt) this.#kept = { of: shownAt, copy: shownAt.slice() };
    return this.#kept.copy;
  }
}
