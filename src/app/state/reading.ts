import type { NodeId } from "../../protocol/events.ts";

/** In which order siblings stand: as generated, the best score first, or with identical siblings as one. */
export const ORDERS = ["generated", "score", "merged"] as const;
export type Order = (typeof ORDERS)[number];

/** What the size of a subtree is measured in. */
export const SIZES = ["nodes", "visits", "tokens"] as const;
export type Size = (typeof SIZES)[number];

/** Which subtrees are shown as one glyph. */
export interface Folding {
  /** Whether dead subtrees fold: with `auto` once a tree is too large to read them all. */
  readonly dead: "auto" | "on" | "off";
  /** Subtrees smaller than this fold; 0: none does. */
  readonly least: number;
  readonly by: Size;
  /** Folded and unfolded by hand; the hand wins. */
  readonly folded: ReadonlySet<NodeId>;
  readonly unfolded: ReadonlySet<NodeId>;
}

export const NO_FOLDING: Folding = {
  dead: "auto",
  least: 0,
  by: "nodes",
  folded: new Set(),
  unfolded: new Set(),
};

/** Nodes that a tree must have before `auto` folds what is dead. */
const AUTO_FOLD_NODES = 400;

/** Whether dead subtrees fold in a tree of so many nodes. */
export function foldsDead({ dead }: Folding, count: number): boolean {
  return dead === "on" || (dead === "auto" && count > AUTO_FOLD_NODES);
}

/** A text that is looked for in the steps. */
export interface Find {
  readonly query: string;
  /** Nodes that contain it, ascending. */
  readonly hits: ArrayLike<NodeId>;
  /** Index into `hits` of the one that was gone to last, −1 before the first. */
  readonly current: number;
}

export const NO_FIND: Find = { query: "", hits: [], current: -1 };

/** What a node must be in order not to be dimmed. */
export interface Filter {
  /** Scores from and to, both included; null: any, also none. */
  readonly scores: readonly [low: number, high: number] | null;
  /** One of the statuses and one of the verdicts that are here; any of those of which none is. What is being sampled is open. */
  readonly statuses: ReadonlySet<"open" | "kept" | "pruned" | "right" | "wrong" | "unknown">;
}
