import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { type Coloring, dimmed, lookAt, looksAt } from "./looks.ts";

/** What the looks of a tree follow from. */
export interface LookInput extends Coloring {
  readonly tree: Tree;
  readonly at: number;
  /** 1 for the nodes that are lit, by node id; null: all are. */
  readonly lit: Uint8Array | null;
}

/** Nodes that may look different, some of them more than once; or any of them. */
export type Touched = readonly NodeId[] | "all";

/** Up to so many events are walked through one by one, at least and as a share of all nodes. */
const WALK = { least: 512, share: 1 / 24 };
const NOTHING: readonly NodeId[] = [];

/**
 * Keeps the look of every node at a moment. Where the moment or the tree has moved on
 * by a few events, it looks at the nodes that these were about; else at all of them.
 */
export class LookKeeper {
  /** By node id; it may be longer than the tree, and is replaced when it grows. */
  looks: Uint16Array = new Uint16Array(0);
  #seen: LookInput | null = null;
  #seq = -1;
  #count = 0;

  update(input: LookInput): Touched {
    const { tree, at } = input;
    const seen = this.#seen;
    const isSame =
      seen !== null &&
      seen.tree === tree &&
      seen.domain === input.domain &&
      seen.scores === input.scores &&
      seen.lit === input.lit;
    if (isSame && seen.at === at && this.#seq === tree.seq) return NOTHING;
    const touched = isSame ? touchedBetween(tree, seen.at, at) : "all";
    const hasRoom = tree.count <= this.looks.length;
    if (touched === "all" || !hasRoom) this.#readAll(input);
    else {
      this.looks.fill(0, this.#count, tree.count);
      for (const node of touched) this.#readOne(node, input);
    }
    this.#seen = input;
    this.#seq = tree.seq;
    this.#count = tree.count;
    return hasRoom ? touched : "all";
  }

  #readAll({ tree, at, lit, ...coloring }: LookInput): void {
    this.looks = looksAt(tree, at, coloring, this.looks);
    const { looks } = this;
    if (lit !== null) {
      for (let node = 0; node < tree.count; node++) {
        if (lit[node] !== 1) looks[node] = dimmed(looks[node]!);
      }
    }
  }

  #readOne(node: NodeId, { tree, at, lit, ...coloring }: LookInput): void {
    const look = lookAt(tree, node, at, coloring);
    this.looks[node] = lit === null || lit[node] === 1 ? look : dimmed(look);
  }
}

/** The nodes that the events between two moments were about; new events change nothing before them. */
function touchedBetween(tree: Tree, one: number, other: number): Touched {
  const from = Math.min(one, other);
  const to = Math.max(one, other);
  if (to - from > Math.max(WALK.least, tree.count * WALK.share)) return "all";
  const touched: NodeId[] = [];
  const announced = tree.countAt(to);
  for (let node = tree.countAt(from); node < announced; node++) touched.push(node);
  tree.eachNodeChangedBetween(from + 1, to, (node) => touched.push(node));
  return touched;
}
