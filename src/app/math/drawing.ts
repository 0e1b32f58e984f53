import type { Said } from "../../lib/said.ts";
/**
 * A formula that was set, as data: what KaTeX would have put into a document,
 * checked and without anything that acts. Nodes in the order of a document, each
 * after its parent.
 */
export type Drawing = readonly DrawnNode[];

export type DrawnNode = DrawnElement | DrawnText;

interface DrawnElement {
  /** Index of the element it is in; −1 at the top. */
  readonly parent: number;
  readonly space: Space;
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** By the names of `CSSStyleDeclaration`. */
  readonly style: Readonly<Record<string, string>>;
}

interface DrawnText {
  readonly parent: number;
  readonly text: string;
}

export const SPACES = {
  html: "http://www.w3.org/1999/xhtml",
  svg: "http://www.w3.org/2000/svg",
  math: "http://www.w3.org/1998/Math/MathML",
} as const;
export type Space = keyof typeof SPACES;

/** What became of a formula. `why` is the end of a sentence for people. */
export type Typeset =
  | { readonly drawing: Drawing; readonly why: null }
  | { readonly drawing: null; readonly why: Said };

export function refused(why: Said): Typeset {
  return { drawing: null, why };
}
