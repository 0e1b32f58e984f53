import "./math.css";
import { revealControls } from "../plain-text.ts";
import { findMath } from "./find-math.ts";
import { mathParts } from "./math-parts.ts";
import { showFormula } from "./show-formula.ts";

/** Formulas of one text that are set. */
const MOST_FORMULAS = 300;

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
  const parts = mathParts(text, MOST_FORMULAS).map((shown) => {
    const part = document.createElement("span");
    if (shown.kind === "formula") {
      ends.push(showFormula(part, shown, options));
    } else {
      part.className = "prose";
      part.textContent = revealControls(shown.text);
    }
    return part;
  });
  element.replaceChildren(...parts);
  return () => {
    for (const end of ends) end();
  };
}
