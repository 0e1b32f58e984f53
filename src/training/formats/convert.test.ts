import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { convertRows, readRows } from "./convert.ts";
import { FORMATS } from "./formats.ts";
import { anyText, collected } from "./random-judged.ts";
import { readRowTexts } from "./row-texts.ts";

const SETTINGS = {
  neutral: "right",
  generator: null,
  labeler: "me",
  timestamp: "2024-01-01T00:00:00",
} as const;
const GOOD = '{"prompt": "1+2+3", "completions": ["3+3", "6"], "labels": [true, true]}';

async function convert(file: string, to: string, from: string | null = null) {
  const formatOf = (name: string) => FORMATS.find((format) => format.name === name)!;
  const texts = readRowTexts([new TextEncoder().encode(file)]);
  const rows = readRows(texts, from === null ? null : formatOf(from));
  const all = await collected(convertRows(rows, formatOf(to), SETTINGS));
  return all.map((row) =>
    "text" in row ? [row.line, row.text] : [row.line, row.error.field, row.error.message],
  );
}

test("F4: every line is used or listed, in order, and nothing is thrown", async () => {
  const line = fc.oneof(
    fc.constant({ text: GOOD, isGood: true }),
    anyText.map((text) => ({ text: `{"x": ${text.replaceAll(/[\r\n]/g, "")}`, isGood: false })),
    fc.jsonValue().map((value) => ({ text: JSON.stringify({ value }), isGood: false })),
    fc.constantFrom("null", "{}", GOOD.slice(0, -1), GOOD.replace("6", "6\u0000")).map((text) => ({
      ...{ text, isGood: false },
    })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
      const rows = await convert(lines.map(({ text }) => `${text}\n`).join(""), "trl-stepwise");
      expect(rows.map(([at, text]) => [at, text === GOOD])).toEqual(
        lines.map(({ isGood }, i) => [i + 1, isGood]),
      );
    }),
  );
});

test("the format is that of the first row that has any, and it stays", async () => {
  const shepherd = JSON.stringify({ input: "a Step 1: b ки", label: "a Step 1: b +", task: "t" });
  expect(await convert(`{"a": 1}\n${GOOD}\n${shepherd}\n`, "trl-stepwise")).toEqual([
    [1, "", "has the shape of no format"],
    [2, GOOD],
    [3, "prompt", expect.stringContaining("expected string")],
  ]);
});

test("rows of the same format keep keys and spelling; others are written as Python writes", async () => {
  const odd = GOOD.replace("{", '{"é":1.0,').replaceAll(", ", ",").replaceAll(": ", ":");
  expect(await convert(odd, "trl-stepwise")).toEqual([[1, odd]]);
  const [[, written]] = (await convert(odd, "openrlhf-prm")) as [[number, string]];
  expect(written).toBe(
    '{"input": "1+2+3 Step 1: 3+3 \\u043a\\u0438\\nStep 2: 6 \\u043a\\u0438", "value": ["+", "+"]}',
  );
});

test("labels of a trainer elsewhere become our own", async () => {
  expect(await convert(GOOD, "sentei")).toEqual([
    [
      1,
      '{"family": "expressions", "level": 2, "problem": "1+2+3", "steps": ["3+3", "6"], ' +
        '"answer": null, "labels": [1, 1], "values": [null, null]}',
    ],
  ]);
});

test("what a format only writes cannot be read, and says so of every row", async () => {
  expect(await convert(GOOD, "trl-stepwise", "verl-prompts")).toEqual([
    [1, "", "verl-prompts is only written"],
  ]);
});

test("a problem is one prompt for verl, however many solutions it has", async () => {
  const row = (steps: string[]) =>
    JSON.stringify({
      ...{ family: "expressions", level: 2, problem: "1+2+3", steps, answer: "6" },
      ...{ labels: [1, 1], values: [null, 0.5] },
    });
  const rows = await convert(`${row(["3+3", "6"])}\n${row(["1+5", "6"])}\n`, "verl-prompts");
  expect(rows).toHaveLength(1);
  expect(rows[0]![1]).toContain('"ground_truth": "6"');
});

const folder = mkdtempSync(path.join(tmpdir(), "sentei-formats-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const COMMAND = path.join(import.meta.dirname, "../convert-command.ts");

function run(...args: string[]): string {
  return execFileSync(process.execPath, [COMMAND, ...args], { encoding: "utf8", stdio: "pipe" });
}

test("the command converts a file, lists what it cannot use, and counts", () => {
  const [input, output] = [path.join(folder, "in.jsonl"), path.join(folder, "out.jsonl")];
  writeFileSync(input, `\ufeff${GOOD}\r\nnonsense\r\n${GOOD.replace("6", "7")}\r\n`);
  expect(run("convert", "--to", "math-shepherd", input, output)).toBe(
    "2 of 3 rows read as trl-stepwise, 2 solutions; 1 malformed\n" +
      "2 rows written as math-shepherd; 0 solutions left out\n",
  );
  expect(readFileSync(output, "utf8").match(/"task": "sentei"}\n/g)).toHaveLength(2);
  expect(run("check", output)).toContain("2 of 2 rows read as math-shepherd");
  expect(() => run("check", input)).toThrow(/line 2: not JSON/);
  expect(() => run("convert", "--to", "toml", input, output)).toThrow(/there are sentei, prm800k/);
  expect(() => run("check", path.join(folder, "none"))).toThrow(/no such file/);
});

test("the command lets the checker label attempts, one by one and together", () => {
  const row = (steps: string[], answer: string, problem = "1+2+3") =>
    JSON.stringify({
      ...{ family: "expressions", level: 2, problem, steps, answer },
      ...{ labels: [], values: [] },
    });
  const [input, output] = [path.join(folder, "attempts.jsonl"), path.join(folder, "rated.jsonl")];
  writeFileSync(input, `${row(["3+3", "7"], "7")}\n${row(["3+4", "7"], "7")}\n`);
  const ratings = (of: string) =>
    JSON.parse(of).label.steps.map(({ completions }: { completions: { rating: number }[] }) =>
      completions.map(({ rating }) => rating),
    );
  run("label", input, output);
  const rows = readFileSync(output, "utf8").trimEnd().split("\n");
  expect(rows.map(ratings)).toEqual([[[1], [-1]], [[-1]]]);
  run("label", "--together", input, output);
  const together = readFileSync(output, "utf8");
  expect(ratings(together)).toEqual([[1, -1], [-1]]);
  writeFileSync(input, `${row(["3+3", "6"], "6")}\n${row(["7+4", "11"], "11", "3+4+4")}\n`);
  run("label", "--together", input, output);
  expect(readFileSync(output, "utf8").trimEnd().split("\n").map(ratings)).toEqual([
    [[1], [1]],
    [[1], [1]],
  ]);
  expect(JSON.parse(together).label.steps[1].human_completion.text).toBe("6\n\n# Answer\n\n6");
});
