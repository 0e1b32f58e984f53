import { place, type Style, styleOf } from "./pages/placed-tree.ts";
import { makeTree, type Shape } from "./pages/shapes.ts";

const known = new Map<string, Style>();

/** How the marks of a tree look. Found out here, so that no page runs the layout once before it is measured. */
export function styleOfTree({ shape, nodes }: { shape: Shape; nodes: number }): Style {
  const key = `${shape} ${nodes}`;
  const style = known.get(key) ?? styleOf(place(makeTree(shape, nodes)));
  known.set(key, style);
  return style;
}
