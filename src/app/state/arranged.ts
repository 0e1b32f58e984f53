import { create } from "zustand";
import type { NodeId } from "../../protocol/events.ts";

/**
 * How the tree is arranged on screen: which nodes have a place of their own (items),
 * and in whose place the others are shown. The canvas publishes it when it has
 * changed; keys, the tree twin and panels read it. Independent of the moment. While a tree
 * grows, news comes at a pace that panels can follow, but what is asked is always answered
 * from the newest state.
 */
export interface Arranged {
  /** The item in whose place a node is shown, itself if it has one; −1 outside of the hoisted part. */
  itemOf(node: NodeId): NodeId;
  /** The item to its left, −1 for the top. */
  parentOf(item: NodeId): NodeId;
  /** Items to its right, from top to bottom. */
  childrenOf(item: NodeId): readonly NodeId[];
  /** The item above (−1) or below (1) in the same column; null at the end. */
  beside(item: NodeId, by: 1 | -1): NodeId | null;
  standsFor(item: NodeId): StandsFor;
  /** Nodes that are shown in its place, itself included. */
  sizeOf(item: NodeId): number;
  /** Where it stands from top to bottom, in rows, fractions allowed. */
  rowOf(item: NodeId): number;
  /** The same in columns by node id; null if every node has a place of its own. Read it anew each time. */
  readonly shown: { readonly shownAt: Int32Array; readonly size: Int32Array } | null;
}

/**
 * What an item is: one node; a node with its folded subtree; several dead siblings
 * with all that is below them; or identical siblings as one.
 */
export const STANDS_FOR = ["itself", "subtree", "dead", "same"] as const;
type StandsFor = (typeof STANDS_FOR)[number];

/** `null` until something was arranged. A new object for every change. */
export interface Arrangement {
  readonly arranged: Arranged | null;
}

export const useArranged = create<Arrangement>()(() => ({ arranged: null }));

/** Whether an item hides what is below it. */
export function isFolded(arranged: Arranged, item: NodeId): boolean {
  const stands = arranged.standsFor(item);
  return stands === "subtree" || stands === "dead";
}
