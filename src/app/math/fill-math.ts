import "./math.css";
import { revealControls } from "../plain-text.ts";
import { findMath, type Segment } from "./find-math.ts";
import { showFormula } from "./show-formula.ts";

/** Formulas of one text that are set. */
const MOST_FORMULAS = 300;

/** What must not begin a line. */
const CLOSING = /^[.,;:!?)\]}…%'’”]+/;

/** Whether a text has anything that would be set as mathematics. */
export function hasMath(text: string): boolean {
  return findMath(text, 1).some(({ kind }) => kind === "formula");
}

interface FillOptions {
  /** Sets all formulas soon, also those that are far from the window. */
  readonly eager?: boolean;
}

/**
 * Shows a text that somebody else wrote in an element that nobody else fills: its
 * formulas set, the rest with invisible characters spelled out. Returns what ends
 * it; the element is then no longer touched.
 */
export function fillMath(element: HTMLElement, text: string, options?: FillOptions): () => void {
  const ends: (() => void)[] = [];
  const segments = findMath(text, MOST_FORMULAS);
  const parts = segments.map((segment, i) => {
    const part = document.createElement("span");
    if (segment.kind === "formula") {
      const tail = tailOf(segment, segments[i + 1]);
      ends.push(showFormula(part, { ...segment, tail }, options));
    } else {
      part.className = "prose";
      part.textContent = revealControls(proseOf(segment.source, segments[i - 1], segments[i + 1]));
    }
    return part;
  });
  element.replaceChildren(...parts);
  return () => {
    for (const end of ends) end();
  };
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
