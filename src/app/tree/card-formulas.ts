import type { Drawing } from "../math/drawing.ts";
import { findMath } from "../math/find-math.ts";
import type { FormulaShapes } from "../math/formula-shapes.ts";
import { drawingsOf } from "../math/show-formula.ts";

/** Size of the text around formulas, as cards of the page have it, px. */
const MATH_TEXT = 13;

/** Formulas by their source, as shapes; those that are not there are drawn as they are written. */
export type CardFormulas = ReadonlyMap<string, FormulaShapes>;

/** The formulas of some texts as shapes. What reads fonts is fetched only if there are any. */
export async function cardFormulas(texts: Iterable<string>): Promise<CardFormulas> {
  // A page of its own has to stay small, and its fonts have no outlines to read.
  if (import.meta.env.MODE === "file") return new Map();
  const formulas = [...texts].flatMap(findFormulas);
  if (formulas.length === 0) return new Map();
  const [{ formulaShapes }, drawings] = await Promise.all([
    import("../math/formula-shapes.ts"),
    drawingsOf(formulas),
  ]);
  const set = new Map<string, Drawing>();
  for (const [i, { source }] of formulas.entries()) {
    const drawing = drawings[i];
    if (drawing) set.set(source, drawing);
  }
  const shapes = await formulaShapes([...set.values()], MATH_TEXT);
  const found = new Map<string, FormulaShapes>();
  for (const [i, source] of [...set.keys()].entries()) {
    const known = shapes[i];
    if (known) found.set(source, known);
  }
  return found;
}

function findFormulas(text: string) {
  return findMath(text).flatMap((part) => (part.kind === "formula" ? [part] : []));
}
