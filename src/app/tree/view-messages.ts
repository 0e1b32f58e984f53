import type { NodeId } from "../../protocol/events.ts";
import type { Theme } from "../state/view.ts";
import type { ArrangeInput } from "./arrangement.ts";
import type { Viewport } from "./camera.ts";
import type { Layout } from "./tidy-layout.ts";

/** How the reader wants the tree arranged. */
export type Arranging = Pick<ArrangeInput, "order" | "top" | "foldsDead" | "folding">;

/** What only some ways of arranging ask of every node. */
export type ArrangeColumns = Pick<ArrangeInput, "score" | "sameStep" | "weight">;

/** Looks that differ from those sent before: all of them, or those of some nodes. */
export interface LookChange {
  /** `null`: of all nodes from 0 on. */
  readonly nodes: Int32Array | null;
  readonly looks: Uint16Array;
}

/** A rectangle of the screen that a picture shows, and how the world lies in it, CSS px. */
export interface PictureFrame {
  /** Where its top left corner is on the screen of the camera it was asked for. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Screen position of the top and of row 0, scale of widths, height of a row. */
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly row: number;
  readonly pixelRatio: number;
}

/** What a picture is drawn of, apart from the tree. */
export interface PictureRequest {
  readonly frame: PictureFrame;
  /** Fits what is shown into a view of that size: the worker finds out how the world lies in the frame. Null: it is as the frame says. */
  readonly fits: Viewport | null;
  readonly columnX: Float64Array;
  readonly theme: Exclude<Theme, "system">;
}

/** Pixels row by row, four bytes each: red, green, blue and opacity. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Marks and edges without what stands over them: on paper in pixels, on a transparent ground in a bitmap. */
export interface Picture {
  readonly frame: PictureFrame;
  readonly image: Pixels | ImageBitmap;
}

/** What a page posts to its worker: a question, and the memory of pictures that it has seen. */
export interface ViewPost {
  readonly request: ViewRequest;
  readonly seen: readonly ArrayBuffer[];
}

/** What the page asks of the worker. What was sent before for the same epoch still holds. */
export interface ViewRequest {
  /** Another number for another tree: nothing that was sent before holds. */
  readonly epoch: number;
  /** Of the nodes that are new, their ids go on from those sent before; −1 for the root. */
  readonly parents: Int32Array;
  readonly arranging: Arranging;
  readonly columns: ArrangeColumns | null;
  /** Looks at the newest event, for arranging. */
  readonly newest: LookChange | null;
  /** Looks at the moment that is shown, for pictures. */
  readonly moment: LookChange | null;
  /** Whether the tree is to be arranged and laid out anew. */
  readonly place: boolean;
  readonly pictures: readonly PictureRequest[];
  /** Memory that the page has no more use for. */
  readonly spare: readonly ArrayBuffer[];
  /** Whether the tree will hardly change any more: what only changes need can be given up. */
  readonly trim: boolean;
}

export interface ViewAnswer {
  readonly epoch: number;
  /** `null` if none was asked for. */
  readonly placement: Placement | null;
  /** One for each that was asked for. */
  readonly pictures: readonly Picture[];
}

/** Where everything stands: what `arrange` and the layout made of a tree. Columns are indexed by node id. */
export interface Placement {
  readonly top: NodeId;
  readonly layout: Layout;
  /** The item in whose place each node is shown, −1 for none; null if each has a place of its own. */
  readonly shownAt: Int32Array | null;
  /** `STANDS` of items; null if all stand for themselves. */
  readonly stands: Uint8Array | null;
  /** Nodes that are shown in an item's place; null if that is one. */
  readonly size: Int32Array | null;
}

/** Where answers about a tree come from. Requests are answered one by one, in their order. */
export interface ViewLink {
  ask(request: ViewRequest): void;
  onAnswer: ((answer: ViewAnswer) => void) | null;
}
