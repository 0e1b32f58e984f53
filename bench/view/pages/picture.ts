import type { Style } from "./placed-tree.ts";
import type { FlatTree } from "./shapes.ts";

/** What a library has drawn into its box. */
export interface Picture {
  /** Draws `tree` anew after nodes were added to it, `first` being the first of them, and fits it. */
  add(tree: FlatTree, first: number): Promise<void> | void;
  /** Where the first frame is not the last: when it changed last (`performance.now()`). */
  lastDrawnAt?(): number;
  /** Shows the run as it was at a share of its time, [0, 1]. Only ours can. */
  scrub?(share: number): void;
  /** Ends the run. */
  finish?(): void;
  /** Bytes that the columns of the tree take, text apart. */
  columnBytes?(): number;
}

/** A library that can draw a tree; `ready` does what is not part of a first paint. */
export interface Peer {
  /** Returns figures to be recorded. */
  ready?(tree: FlatTree): Record<string, number>;
  /** Resolves when the library says that it has drawn. */
  paint(tree: FlatTree, box: HTMLElement, style: Style): Promise<Picture> | Picture;
}
