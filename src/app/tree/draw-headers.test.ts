import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import { drawHeaders } from "./draw-headers.ts";
import { sceneOf } from "./random-scene.ts";
import { recordingContext } from "./recording-context.ts";
import { columnPx, type Geometry, geometryIn } from "./scene.ts";

const TREE = foldLog(randomLog({ seed: 2, nodes: 200, shape: "beam", width: 16 }));
const SCENE = sceneOf(TREE, TREE.seq);

interface Header {
  readonly lines: readonly string[];
  readonly x: number;
}

/** What stands above each column where all of them share a width. */
function headersIn(width: number): { headers: Header[]; geometry: Geometry } {
  const across = width / SCENE.columnX[SCENE.layout.columns]!;
  const scales = { x: 10, y: 100, across, row: 14 };
  const geometry = geometryIn(scales, { width: width + 20, height: 400 }, SCENE);
  const headers: { lines: string[]; x: number }[] = [];
  const ctx = recordingContext(({ name, text, numbers: [x = 0, y = 0] }) => {
    if (name !== "fillText" || text === null) return;
    if (y === 17) headers.push({ lines: [text], x });
    else headers.at(-1)!.lines.push(text);
  });
  drawHeaders(ctx, SCENE, geometry);
  return { headers, geometry };
}

/** As the recording context has it. */
const widthOf = ({ lines }: Header) => Math.max(...lines.map(({ length }) => 6 * length));

test.each([2000, 1200, 600, 390, 300])(
  "no header is lost or runs into the next, %d px wide",
  (width) => {
    const { headers, geometry } = headersIn(width);
    const rounds = headers.filter(({ lines }) => lines[0] !== "" && lines[0] !== "Problem");
    expect(rounds).toHaveLength(SCENE.layout.columns - 1);
    for (const [i, header] of headers.entries()) {
      const next = headers[i + 1];
      if (next) expect(header.x + widthOf(header)).toBeLessThan(next.x);
    }
    expect(columnPx(geometry, 1)).toBeGreaterThan(0);
  },
);

test("a header says as much as there is room for", () => {
  const said = [2000, 600, 390, 250].map((width) => headersIn(width).headers.at(-1)!.lines);
  expect(said[0]![0]).toMatch(/^(Round|Step) \d+$/);
  expect(said[0]![1]).toMatch(/ of | steps?/);
  for (const [i, lines] of said.slice(1).entries()) {
    expect(lines.join("").length).toBeLessThanOrEqual(said[i]!.join("").length);
  }
  expect(said.at(-1)![0]).toMatch(/^\d+$/);
  expect(said[2]).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+/)]);
});

test("where columns are narrower than their numbers, those that are there can be told apart", () => {
  const { headers } = headersIn(60);
  expect(headers.length).toBeGreaterThan(1);
  for (const [i, header] of headers.entries()) {
    const next = headers[i + 1];
    if (next) expect(header.x + widthOf(header)).toBeLessThan(next.x);
  }
});
