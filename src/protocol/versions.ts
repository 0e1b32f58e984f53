import { MAP_ENTRY_BYTES } from "./columns.ts";

/** Something that came to be at a moment. */
interface Dated {
  readonly seq: number;
}

/** Index of the last entry that is not after `seq`, −1 if all are. Their seqs ascend. */
export function indexAt(entries: readonly Dated[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The last entry that is not after `seq`. */
export function latestAt<T extends Dated>(entries: readonly T[], seq: number): T | undefined {
  return entries[indexAt(entries, seq)];
}

/** Bytes of a version and of its place in the list, roughly. */
const VERSION_BYTES = 96;
/** Bytes of a list with its first places, roughly. */
const LIST_BYTES = 176;

/**
 * Facts about a few nodes that changed more than once: for each of those nodes
 * the versions in the order of time. For facts that are rare; what every node
 * has belongs in a column.
 */
export class Versions<T extends Dated> {
  readonly #lists = new Map<number, T[]>();
  #count = 0;

  /** Versions of a node, oldest first. */
  of(node: number): readonly T[] | undefined {
    return this.#lists.size === 0 ? undefined : this.#lists.get(node);
  }

  /** Nodes that have versions. */
  nodes(): Iterable<number> {
    return this.#lists.keys();
  }

  add(node: number, version: T): void {
    const list = this.#lists.get(node);
    if (list === undefined) this.#lists.set(node, [version]);
    else list.push(version);
    this.#count++;
  }

  /** The version that held at `seq`. */
  at(node: number, seq: number): T | undefined {
    const list = this.of(node);
    return list && latestAt(list, seq);
  }

  bytes(): number {
    return this.#lists.size * (MAP_ENTRY_BYTES + LIST_BYTES) + this.#count * VERSION_BYTES;
  }
}
