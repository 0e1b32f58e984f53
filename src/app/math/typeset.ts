import katex, { ParseError } from "katex";
import { type Said, say } from "../../lib/said.ts";
import { refused, type Typeset } from "./drawing.ts";
import { DrawingBoard, DrawingRefused } from "./drawing-board.ts";

/** A formula of a text, without its delimiters. */
export interface Formula {
  readonly tex: string;
  readonly display: boolean;
}

/** KaTeX counts its own macros as well; `\neq` has three. */
const MOST_EXPANSIONS = 50;
/** Of rules, spaces and shifts, em. */
const LARGEST_SIZE = 12;

/**
 * Sets a formula with KaTeX, into data, where there need not be a document.
 * Whatever it holds is answered, never thrown; how long it takes is for the
 * caller to watch.
 */
export function typeset({ tex, display }: Formula): Typeset {
  const board = new DrawingBoard();
  // KaTeX draws into the global document. Nothing else runs meanwhile.
  const before: unknown = Reflect.get(globalThis, "document");
  Reflect.set(globalThis, "document", board);
  try {
    katex.render(tex, document.createElement("span"), {
      displayMode: display,
      output: "htmlAndMathml",
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxExpand: MOST_EXPANSIONS,
      maxSize: LARGEST_SIZE,
      macros: {},
    });
    return { drawing: board.finished(), why: null };
  } catch (error) {
    return refused(whyFailed(error));
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, "document");
    else Reflect.set(globalThis, "document", before);
  }
}

function whyFailed(error: unknown): Said {
  if (error instanceof DrawingRefused) return error.why;
  if (error instanceof ParseError) {
    return /^KaTeX parse error: Too many expansions/.test(error.message)
      ? say("it expands too far")
      : say("KaTeX cannot read it ({why})", { why: error.rawMessage });
  }
  // The stack ran out in something deep, or the text is none that KaTeX expects.
  return say("KaTeX cannot set it");
}
