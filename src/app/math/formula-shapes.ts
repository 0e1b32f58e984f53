import "./math.css";
import { drawFormula } from "./draw-formula.ts";
import type { Drawing } from "./drawing.ts";
import { type FontFace, FontOutlines } from "./font-outlines.ts";

/** A formula as shapes: the parts between which a line may break, in their order. */
export type FormulaShapes = readonly FormulaPart[];

/** In CSS px, y downwards, from where its baseline begins. */
export interface FormulaPart {
  readonly width: number;
  /** From the baseline up to its top, and down to its bottom. */
  readonly above: number;
  readonly below: number;
  readonly shapes: readonly Shape[];
  /** Characters that none of KaTeX's fonts has: `\\text{面積}`. They are left to the fonts of whoever looks. */
  readonly letters: readonly Letters[];
}

/** Characters in a row, of the generic family `serif`, px. */
interface Letters {
  readonly text: string;
  readonly size: number;
  /** Where their baseline begins. */
  readonly x: number;
  readonly y: number;
}

/** An SVG path that is filled, through a matrix (a, b, c, d, e, f), within a rectangle where there is one. */
export interface Shape {
  /** The same for the same path. */
  readonly id: string;
  readonly path: string;
  readonly matrix: Matrix;
  readonly within: Rect | null;
}

type Matrix = readonly [number, number, number, number, number, number];

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Formulas are laid out this much larger than they are drawn: browsers round lines of text to whole pixels. */
const ENLARGED = 8;

/**
 * Lays formulas out in the page, unseen, as cards show them at a font size of
 * `px`, and reads back where everything is. `null` for one that uses a font whose
 * outlines this page does not have.
 */
export async function formulaShapes(
  drawings: readonly Drawing[],
  px: number,
): Promise<(FormulaShapes | null)[]> {
  const host = document.createElement("div");
  host.className = "formula-shapes";
  host.style.fontSize = `${px * ENLARGED}px`;
  const places = drawings.map((drawing) => {
    const line = document.createElement("div");
    const place = document.createElement("span");
    place.classList.add("formula", "set");
    place.append(drawFormula(drawing));
    line.append(baseline(), place);
    host.append(line);
    return line;
  });
  document.body.append(host);
  try {
    const outlines = new FontOutlines();
    return await Promise.all(places.map((line) => shapesIn(line, outlines)));
  } finally {
    host.remove();
  }
}

/** Nothing, standing on the baseline of its line. */
function baseline(): HTMLElement {
  const mark = document.createElement("span");
  mark.className = "baseline";
  return mark;
}

async function shapesIn(line: HTMLElement, outlines: FontOutlines): Promise<FormulaShapes | null> {
  const root = line.querySelector<HTMLElement>(".katex-html");
  if (root === null) return null;
  const faces = new Map(textsIn(root).map(({ face }) => [JSON.stringify(face), face]));
  for (const face of faces.values()) {
    if (!(await outlines.load(face))) return null;
    await document.fonts.load(`${face.style} ${face.weight} 16px ${face.family}`);
  }
  const { bottom } = line.querySelector(".baseline")!.getBoundingClientRect();
  return [...root.querySelectorAll<HTMLElement>(":scope > .katex-base")].map((base) => {
    const box = base.getBoundingClientRect();
    const view: View = { x: box.left, y: bottom };
    const texts = textsIn(base).map((text) => glyphsOf(text, outlines, view));
    return {
      width: box.width / ENLARGED,
      above: (bottom - box.top) / ENLARGED,
      below: (box.bottom - bottom) / ENLARGED,
      shapes: [
        ...texts.flatMap(({ shapes }) => shapes),
        ...[...base.querySelectorAll<HTMLElement>("*")].flatMap((each) => rulesOf(each, view)),
        ...[...base.querySelectorAll("svg")].flatMap((svg) => [
          ...drawnIn(svg, view),
          ...strokesIn(svg, view),
        ]),
      ],
      letters: texts.flatMap(({ letters }) => letters),
    };
  });
}

/** Where the baseline begins, in the page. */
interface View {
  readonly x: number;
  readonly y: number;
}

interface TextPlace {
  readonly node: Text;
  readonly face: FontFace;
  /** px of the page. */
  readonly size: number;
}

/** What a line of a table ends with, and other places for nothing. */
const INVISIBLE = /^[\s\u200b]*$/;

function textsIn(root: HTMLElement): TextPlace[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: TextPlace[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node as Text;
    if (INVISIBLE.test(text.data)) continue;
    const { fontFamily, fontWeight, fontStyle, fontSize, visibility } = getComputedStyle(
      text.parentElement!,
    );
    if (visibility === "hidden") continue;
    const [family = ""] = fontFamily.replaceAll(/["']/g, "").split(",");
    texts.push({
      node: text,
      face: { family: family.trim(), weight: fontWeight, style: fontStyle },
      size: Number.parseFloat(fontSize),
    });
  }
  return texts;
}

const ruler = new OffscreenCanvas(1, 1).getContext("2d")!;

function glyphsOf(
  { node, face, size }: TextPlace,
  outlines: FontOutlines,
  view: View,
): Pick<FormulaPart, "shapes" | "letters"> {
  ruler.font = `${face.style} ${face.weight} ${size}px ${face.family}`;
  const ascent = Math.round(ruler.measureText("x").fontBoundingBoxAscent);
  const range = document.createRange();
  const shapes: Shape[] = [];
  const letters: Letters[] = [];
  const scale = size / ENLARGED;
  let at = 0;
  // Characters of a script belong together, so that those who draw them can join them.
  for (const run of outlines.runsOf(node.data, face)) {
    range.setStart(node, at);
    at += run.text.length;
    range.setEnd(node, at);
    const box = range.getBoundingClientRect();
    const [x, y] = [(box.left - view.x) / ENLARGED, (box.top + ascent - view.y) / ENLARGED];
    if (run.outline === null) letters.push({ text: run.text, size: scale, x, y });
    else if (run.outline.path !== "")
      shapes.push({ ...run.outline, matrix: [scale, 0, 0, scale, x, y], within: null });
  }
  return { shapes, letters };
}

/** No browser draws a rule that is thinner, however small the letters are, px. */
const THINNEST_RULE = 1;
const SIDES = ["top", "right", "bottom", "left"] as const;

/** Fraction bars, lines of tables and boxes are borders of elements. */
function rulesOf(element: HTMLElement, view: View): Shape[] {
  const style = getComputedStyle(element);
  if (style.visibility === "hidden") return [];
  const box = element.getBoundingClientRect();
  return SIDES.flatMap((side) => {
    const width = Number.parseFloat(style.getPropertyValue(`border-${side}-width`));
    if (width === 0 || style.getPropertyValue(`border-${side}-style`) === "none") return [];
    const { x, y, ...size } = inView(borderRect(box, side, width), view);
    const matrix: Matrix = [size.width, 0, 0, size.height, x, y];
    return [{ id: "rule", path: "M0 0H1V1H0Z", matrix, within: null }];
  });
}

/** Where a border of a box is drawn. What it is thicker than it was laid out with goes to both sides. */
function borderRect(box: DOMRect, side: (typeof SIDES)[number], width: number): Rect {
  const thick = Math.max(width, THINNEST_RULE * ENLARGED);
  const more = (thick - width) / 2;
  if (side === "top" || side === "bottom") {
    const y = side === "top" ? box.top : box.bottom - width;
    return { x: box.left, y: y - more, width: box.width, height: thick };
  }
  const x = side === "left" ? box.left : box.right - width;
  return { x: x - more, y: box.top, width: thick, height: box.height };
}

function inView({ x, y, width, height }: Rect, view: View): Rect {
  return {
    x: (x - view.x) / ENLARGED,
    y: (y - view.y) / ENLARGED,
    width: width / ENLARGED,
    height: height / ENLARGED,
  };
}

/** Roots, braces and wide accents are drawn by KaTeX itself, often wider than what shows of them. */
function drawnIn(svg: SVGSVGElement, view: View): Shape[] {
  const box = svg.getBoundingClientRect();
  const { x: left, y: top, width, height } = svg.viewBox.baseVal;
  if (width === 0 || height === 0) return [];
  const [align = "xMidYMid", fit = "meet"] = (svg.getAttribute("preserveAspectRatio") ?? "").split(
    " ",
  );
  const [across, down] = [box.width / width, box.height / height];
  const even = fit === "slice" ? Math.max(across, down) : Math.min(across, down);
  const [sx, sy] = align === "none" ? [across, down] : [even, even];
  const share = { Min: 0, Mid: 0.5, Max: 1 };
  const shareOf = (axis: string) =>
    share[(new RegExp(`${axis}(Min|Mid|Max)`).exec(align)?.[1] ?? "Min") as keyof typeof share];
  const x = box.x + shareOf("x") * (box.width - width * sx) - left * sx;
  const y = box.y + shareOf("Y") * (box.height - height * sy) - top * sy;
  const matrix: Matrix = [
    ...([sx / ENLARGED, 0, 0, sy / ENLARGED] as const),
    ...([(x - view.x) / ENLARGED, (y - view.y) / ENLARGED] as const),
  ];
  const frame = clipOf(svg)?.getBoundingClientRect() ?? box;
  return [...svg.querySelectorAll("path")].map((element) => {
    const path = element.getAttribute("d") ?? "";
    return { id: `drawn ${path}`, path, matrix, within: inView(frame, view) };
  });
}

/** What is crossed out is so by lines that have no view box and are stroked. */
function strokesIn(svg: SVGSVGElement, view: View): Shape[] {
  const frame = svg.getBoundingClientRect();
  const within = inView(frame, view);
  return [...svg.querySelectorAll("line")].map((line) => {
    const [x1, y1, x2, y2] = [line.x1, line.y1, line.x2, line.y2].map(
      ({ baseVal }) => baseVal.value / ENLARGED,
    ) as [number, number, number, number];
    const [dx, dy] = [x2 - x1, y2 - y1];
    const thick = Number.parseFloat(getComputedStyle(line).strokeWidth) / ENLARGED;
    const share = thick / Math.hypot(dx, dy);
    const matrix: Matrix = [dx, dy, -dy * share, dx * share, within.x + x1, within.y + y1];
    return { id: "stroke", path: "M0 -.5H1V.5H0Z", matrix, within };
  });
}

/** What hides the rest of it. */
function clipOf(svg: SVGSVGElement): HTMLElement | null {
  let element = svg.parentElement;
  while (element !== null && !element.classList.contains("katex-html")) {
    if (getComputedStyle(element).overflowX === "hidden") return element;
    element = element.parentElement;
  }
  return null;
}
