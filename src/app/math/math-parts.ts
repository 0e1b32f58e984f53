import { findMath, type Segment } from "./find-math.ts";

/** A part of a text, as it is shown: with what belongs together, and without spaces that would begin a line. */
export type MathPart =
  | { readonly kind: "prose"; readonly text: string }
  | {
      readonly kind: "formula";
      /** With its delimiters. */
      readonly source: string;
      readonly tex: string;
      readonly display: boolean;
      /** Punctuation that must not be parted from it, which is shown as well. */
      readonly tail: string;
    };

/** What must not begin a line. */
const CLOSING = /^[.,;:!?)\]}…%'’”]+/;

/** Divides a text into formulas, at most `most` of them, and what is between them. */
export function mathParts(text: string, most?: number): MathPart[] {
  const segments = findMath(text, most);
  return segments.map((segment, i) => {
    if (segment.kind === "formula") return { ...segment, tail: tailOf(segment, segments[i + 1]) };
    const shown = proseOf(segment.source, segments[i - 1], segments[i + 1]);
    return { kind: "prose", text: shown };
  });
}

/** Punctuation that belongs to a formula in a line. */
function tailOf(formula: Segment, next: Segment | undefined): string {
  if (isDisplayed(formula) || next?.kind !== "text") return "";
  return CLOSING.exec(next.source)?.[0] ?? "";
}

/** A displayed formula has lines of its own: spaces beside it would begin or end theirs. */
function proseOf(text: string, before: Segment | undefined, after: Segment | undefined): string {
  const tail = before === undefined ? "" : tailOf(before, { kind: "text", source: text });
  const rest = text.slice(tail.length);
  const begun = isDisplayed(before) ? rest.trimStart() : rest;
  return isDisplayed(after) ? begun.trimEnd() : begun;
}

function isDisplayed(segment: Segment | undefined): boolean {
  return segment?.kind === "formula" && segment.display;
}
