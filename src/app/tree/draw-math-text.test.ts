import { expect, test } from "vitest";
import { SvgContext } from "../export/svg-context.ts";
import type { FormulaPart } from "../math/formula-shapes.ts";
import { drawMathText } from "./draw-math-text.ts";

/** A formula of one square, as wide as told; the letters have 6 px each. */
const part = (width: number, more: Partial<FormulaPart> = {}): FormulaPart => ({
  ...{ width, above: 10, below: 3 },
  shapes: [{ id: "square", path: "M0 0H1V1H0Z", matrix: [9, 0, 0, 9, 0, -9], within: null }],
  letters: [],
  ...more,
});

function drawn(
  text: string,
  formulas: [string, FormulaPart[]][],
  size: readonly [number, number] = [200, 100],
) {
  const svg = new SvgContext((_, said) => said.length * 6);
  const [width, height] = size;
  drawMathText(svg.asCanvas, text, {
    box: { x: 0, y: 0, width, height },
    formulas: new Map(formulas),
  });
  const markup = svg.document(width, height, { paper: "#fff", title: "" });
  const texts = [...markup.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g)].map(
    ([, x, y, said]) => ({ said: said!, x: Number(x), y: Number(y) }),
  );
  const shapes = [...markup.matchAll(/<use [^>]*matrix\(([^)]*)\)/g)].map(([, matrix]) => {
    const [, , , , x, y] = matrix!.split(" ").map(Number);
    return { x: x!, y: y! };
  });
  const said = texts.map((each) => each.said).join("");
  return { markup, texts, shapes, said };
}

test("a formula is its shapes and no letters, in the line of the text around it", () => {
  const { said, shapes, texts, markup } = drawn("Let $x$ be", [["$x$", [part(20)]]]);
  expect(said).toBe("Let  be");
  expect(shapes).toEqual([{ x: 24, y: texts[0]!.y - 9 }]);
  expect(texts.at(-1)).toMatchObject({ said: "be", x: 50, y: texts[0]!.y });
  expect(markup.match(/M0 0H1V1H0Z/g)).toHaveLength(1);
});

test("a formula that is not among the known ones is drawn as it is written", () => {
  expect(drawn("Let $x$, be", []).said).toBe("Let $x$, be");
});

test("no line begins with the full stop after a formula", () => {
  // "Let " has 24 px, the formula has 20, and the stop does not fit in 48.
  const { texts, shapes } = drawn("Let $x$.", [["$x$", [part(20)]]], [48, 100]);
  const stop = texts.find(({ said }) => said === ".")!;
  expect(stop.x).toBe(20);
  expect(shapes[0]).toEqual({ x: 0, y: stop.y - 9 });
});

test("a displayed formula has a line of its own", () => {
  const { texts, shapes } = drawn("so $$x$$ and", [["$$x$$", [part(20)]]]);
  const [so, and] = [texts[0]!, texts.at(-1)!];
  expect(shapes[0]!.x).toBe(0);
  expect(so.y).toBeLessThan(shapes[0]!.y + 9);
  expect(and).toMatchObject({ said: "and", x: 0 });
  expect(and.y).toBeGreaterThan(shapes[0]!.y + 9);
});

test("lines without room are left out, and that is said", () => {
  const words = "one two six ten";
  const { texts } = drawn(`${words} $x$`, [["$x$", [part(20)]]], [50, 40]);
  expect(Math.max(...texts.map(({ y }) => y))).toBeLessThan(40);
  expect(texts.at(-1)!.said).toBe("…");
  expect(drawn(`${words} $x$`, [["$x$", [part(20)]]]).said).not.toContain("…");
  // A formula that is higher than the box is still drawn, and cut.
  expect(drawn("$x$", [["$x$", [part(20, { above: 90 })]]], [50, 40]).shapes).toHaveLength(1);
});

test("characters that no font of KaTeX has are letters in a generic font, at their place", () => {
  const letters = [{ text: "面積", size: 14, x: 3, y: -2 }];
  const { texts, markup } = drawn("$x$", [["$x$", [part(40, { letters })]]]);
  expect(texts).toEqual([{ said: "面積", x: 3, y: 11 }]);
  expect(markup).toContain('font-family="serif"');
});
