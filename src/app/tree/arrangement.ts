import type { NodeId } from "../../protocol/events.ts";
import type { Folding, Order } from "../state/reading.ts";

/** What an item is, see `StandsFor` in `state/arranged.ts`; numbers, so that they fit into columns. */
export const STANDS = { itself: 0, subtree: 1, dead: 2, same: 3 } as const;

/**
 * What an arrangement is made from: the newest state of a tree and what the reader
 * asked for; never the moment that is shown, so that nothing moves while scrubbing.
 * Columns are indexed by node id and may be longer than `count`.
 */
export interface ArrangeInput {
  readonly count: number;
  /** −1 for the root; parents have smaller ids than their children. */
  readonly parent: Int32Array;
  /** Looks at the newest event, see `looks.ts`. */
  readonly looks: Uint16Array;
  /** Latest scores, NaN where there is none; needed for the order by score. */
  readonly score: Float32Array | null;
  /** The same number for the same step, but for spelling; needed where identical steps are merged. */
  readonly sameStep: Int32Array | null;
  /**
   * What each node adds to the size of the subtrees it is in; null: 1. Its tokens; or
   * its visits less those of its children, as the visits of a node count those below it.
   */
  readonly weight: ArrayLike<number> | null;
  readonly order: Order;
  /** Never folds, whatever the hand says. */
  readonly top: NodeId;
  readonly foldsDead: boolean;
  readonly folding: Folding;
}

/** The tree that is drawn: items instead of nodes. Columns are indexed by node id. */
export interface Arrangement {
  readonly count: number;
  readonly top: NodeId;
  /** The item in whose place each node is shown, itself if it is one; −1 outside of the hoisted part. */
  readonly shownAt: Int32Array;
  /** The items below each item, in their order: first child and next sibling, −1 for none. */
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** Of items: `STANDS`. */
  readonly stands: Uint8Array;
  /** Of items: nodes that are shown in its place, itself included. */
  readonly size: Int32Array;
}
