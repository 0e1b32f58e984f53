import fc from "fast-check";
import { expect, test } from "vitest";
import { csvCell } from "../../lib/csv.ts";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import { nodesCsv } from "./nodes-csv.ts";
import { fileName } from "./save-file.ts";

const anyLog = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 1, max: 200 }),
    shape: fc.constantFrom(...SHAPES),
  })
  .map((options) => [...randomLog(options)]);

/** Rows of cells, by RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    const [, quoted, bare = "", end] = match;
    rows.at(-1)!.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
    if (cell.lastIndex >= text.length) break;
  }
  return rows.slice(0, -1);
}

test("Q2: the table has every node once, in order, with what the tree says of it", () => {
  fc.assert(
    fc.property(anyLog, (log) => {
      const tree = foldLog(log);
      const [header = [], ...rows] = readCsv(nodesCsv(tree));
      expect(rows.every((row) => row.length === header.length)).toBe(true);
      const column = (name: string) => rows.map((row) => row[header.indexOf(name)]!);
      expect(column("node")).toEqual(Array.from({ length: tree.count }, (_, node) => String(node)));
      const steps = column("step").map((step) => step.replace(/^'(?=[=@\t\r])/, ""));
      expect(steps).toEqual(Array.from({ length: tree.count }, (_, node) => tree.step(node)));
      const scores = column("score").map((text) => (text === "" ? Number.NaN : Number(text)));
      expect(scores).toEqual(Array.from({ length: tree.count }, (_, node) => tree.scoreAt(node)));
    }),
  );
});

test("no cell is run as a formula, and none breaks out of its place", () => {
  expect(csvCell("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
  expect(csvCell('a "b", c\nd')).toBe('"a ""b"", c\nd"');
  expect([csvCell(null), csvCell(false), csvCell(0), csvCell("-3x=6")]).toEqual([
    ...["", "false", "0", "-3x=6"],
  ]);
});

test("a file is called by its problem, as far as file systems allow", () => {
  expect(fileName("(7+5)*9-14*3", "svg")).toBe("sentei-(7+5)-9-14-3.svg");
  expect(fileName("../../etc/passwd", "csv")).toBe("sentei-etc-passwd.csv");
  expect(fileName("", "csv")).toBe("sentei.csv");
  expect(fileName("x".repeat(500), "csv")).toHaveLength(71);
});
