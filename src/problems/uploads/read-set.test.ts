import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MOST_REFUSED, MOST_SET_PROBLEMS, SetProblem } from "../../protocol/uploaded-sets.ts";
import { csvRows } from "./csv.ts";
import { readSet } from "./read-set.ts";

const line = (row: object) => JSON.stringify(row);
const jsonl = (...rows: object[]) => rows.map(line).join("\n");

test("the fields of the sets that people share are known", () => {
  const { problems, refused } = readSet(
    jsonl(
      {
        ...{ problem: "What is $1+1$?", solution: "so \\boxed{2}", answer: "2" },
        ...{ subject: "Prealgebra", level: 1, unique_id: "test/prealgebra/1.json" },
      },
      { problem: "What is 2+2?", level: "Level 3", type: "Algebra", solution: "It is \\boxed{4}." },
      { question: "Ann has 3 hats and buys 2.", answer: "3+2=<<3+2=5>>5 hats\n#### 5" },
      { ID: "2024-I-1", Problem: "?", problem: "How many?", answer: 204 },
      { prompt: [{ role: "user", content: "Find x." }], ground_truth: "x = 3" },
      { question: { problem: "Find y.", ground_truth_answer: "7" }, label: {} },
    ),
    "jsonl",
    {},
  );
  expect(refused).toEqual([]);
  expect(problems.map(({ problem, answer }) => [problem, answer])).toEqual([
    ["What is $1+1$?", "2"],
    ["What is 2+2?", "4"],
    ["Ann has 3 hats and buys 2.", "5"],
    ["How many?", "204"],
    ["Find x.", "x = 3"],
    ["Find y.", "7"],
  ]);
  expect(problems[0]).toMatchObject({
    level: 1,
    subject: "Prealgebra",
    id: "test/prealgebra/1.json",
  });
  expect(problems[1]).toMatchObject({ level: 3, subject: "Algebra", id: null });
});

test("rows that do not fit are told of with line and reason, and the rest is kept", () => {
  const text = [
    line({ problem: "a", answer: "1" }),
    "{ broken",
    "",
    "[1, 2]",
    line({ task: "b", answer: "1" }),
    line({ problem: "c" }),
    line({ problem: " ", answer: "1" }),
    line({ problem: "d".repeat(2_001), answer: "1" }),
    line({ problem: "e", solution: "hard to say" }),
    line({ problem: "f", answer: "words ".repeat(200) }),
    line({ problem: "g", answer: "2" }),
  ].join("\r\n");
  const { problems, refused } = readSet(text, "jsonl", {});
  expect(problems.map(({ problem, line: at, index }) => [index, at, problem])).toEqual([
    [0, 1, "a"],
    [1, 11, "g"],
  ]);
  expect(refused.map((row) => `${row.line}: ${row.reason}`)).toEqual([
    "2: it is no JSON",
    "4: it is no JSON object",
    "5: it has no problem (problem, question, prompt, query); its fields are task, answer",
    "6: it has no answer (answer, final_answer, expected_answer, ground_truth_answer); its fields are problem",
    "7: its problem is empty or no text",
    "8: its problem has 2001 characters, and at most 2000 can be kept",
    "9: no final answer can be found in its solution",
    "10: its answer has 1199 characters and marks no final answer",
  ]);
});

test("a mapping goes before what is guessed", () => {
  const row = { text: "Find z.", problem: "not this", gold: { value: 9 }, hard: "4" };
  const mapping = { problem: "text", answer: "gold.value", level: "hard" };
  expect(readSet(line(row), "jsonl", mapping).problems[0]).toMatchObject({
    ...{ problem: "Find z.", answer: "9", level: 4 },
  });
  expect(readSet(line(row), "jsonl", { answer: "nothing" }).refused[0]?.reason).toBe(
    "it has no answer (nothing); its fields are text, problem, gold, hard",
  );
});

test("names of fields reach nothing but what a row holds itself", () => {
  const mapping = { problem: "__proto__", answer: "constructor.name" };
  expect(readSet(line({ a: 1 }), "jsonl", mapping)).toMatchObject({
    problems: [],
    refusedCount: 1,
  });
});

test("a file of one array is rows too", () => {
  const text = JSON.stringify(
    [{ problem: "a", answer: 1 }, 7, { problem: "b", answer: 2 }],
    null,
    2,
  );
  const { problems, refused } = readSet(text, "jsonl", {});
  expect(problems.map(({ answer }) => answer)).toEqual(["1", "2"]);
  expect(refused).toEqual([{ line: 2, reason: "it is no JSON object" }]);
});

test("CSV: quotes, line ends in cells, and rows of another width", () => {
  const text = [
    "\ufeffproblem,answer,level",
    '"Find $x$, if',
    'x = ""1"""," 1 ",Level 2',
    "short,1",
    "",
    "plain,2,",
    '"never closed,3,',
  ].join("\r\n");
  const { problems, refused } = readSet(text, "csv", {});
  expect(
    problems.map(({ line: at, problem, answer, level }) => [at, problem, answer, level]),
  ).toEqual([
    [2, 'Find $x$, if\r\nx = "1"', "1", 2],
    [6, "plain", "2", null],
  ]);
  expect(refused).toEqual([
    { line: 4, reason: "it has 2 cells, and the first line names 3" },
    { line: 7, reason: "it has a quote that nothing closes" },
  ]);
});

test("CSV: what was written is read, whatever is in the cells", () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab",;\t\n\r "é') });
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(",", ";", "\t"),
      fc.constantFrom("\n", "\r\n", "\r"),
      (rows, separator, end) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const header = ["h", "h", "h", "h", "h", "h", "h", "h"].join(separator);
        const text = [header, ...rows.map((row) => row.map(quoted).join(separator))].join(end);
        const read = [...csvRows(text)].slice(1);
        expect(read.map(({ cells }) => cells)).toEqual(rows);
        const lines = text.split(/\r\n|\r|\n/);
        for (const row of read) expect(lines[row.line - 1]).toMatch(/^"/);
      },
    ),
  );
});

test("P17: every row of any file is kept or told of, and nothing throws", () => {
  const row = fc.oneof(
    fc.record({ problem: fc.string(), answer: fc.oneof(fc.string(), fc.integer()) }).map(line),
    fc.json(),
    fc.string().filter((text) => !/[\r\n]/.test(text) && text.trim() !== ""),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
      const text = ["{}", ...rows].join("\n");
      const { problems, refusedCount } = readSet(text, "jsonl", {});
      expect(problems.length + refusedCount).toBe(
        text.split(/[\r\n]+/).filter((each) => each.trim()).length,
      );
      for (const problem of problems) expect(SetProblem.parse(problem)).toEqual(problem);
      readSet(text, "csv", {});
    }),
  );
});

test("a file without end is cut off, and its faults are counted", () => {
  const good = `${line({ problem: "a", answer: 1 })}\n`.repeat(MOST_SET_PROBLEMS + 5);
  const kept = readSet(good, "jsonl", {});
  expect([kept.problems.length, kept.refusedCount]).toEqual([MOST_SET_PROBLEMS, 5]);
  const bad = readSet("x\n".repeat(5_000), "jsonl", {});
  expect([bad.refused.length, bad.refusedCount]).toEqual([MOST_REFUSED, 5_000]);
});

const DATA = path.join(import.meta.dirname, "../../../../shared/data");
const real = (name: string) => path.join(DATA, name);

test.skipIf(!existsSync(DATA))("published files are read whole", () => {
  const math = readSet(readFileSync(real("math500-first40.jsonl"), "utf8"), "jsonl", {});
  expect([math.problems.length, math.refused]).toEqual([40, []]);
  expect(math.problems.every(({ level, subject, id }) => level && subject && id)).toBe(true);
  const prm800k = readSet(readFileSync(real("prm800k-readme-line.jsonl"), "utf8"), "jsonl", {});
  expect(prm800k.problems.map(({ answer }) => answer)).toEqual(["40,\\!000"]);
});
