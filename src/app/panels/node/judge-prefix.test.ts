import { expect, test } from "vitest";
import { judgePrefix, verdictWords } from "./judge-prefix.ts";

const EXPRESSION = { family: "expressions", text: "(7+5)*9-14*3", level: 4 };
const COUNTDOWN = { family: "countdown", text: "4 14 9 -> 50", level: 3 };

function read(problem: typeof EXPRESSION, lines: string[]) {
  const verdicts = judgePrefix(problem, lines);
  return verdicts?.map((verdict, i) => verdictWords(verdict, verdicts[i - 1] ?? null));
}

function marks(problem: typeof EXPRESSION, lines: string[]) {
  return read(problem, lines)?.map(({ mark }) => mark);
}

test("the first wrong line is wrong in words, and no line after it is right", () => {
  const lines = ["12*9-14*3", "107-14*3", "107-42"];
  expect(marks(EXPRESSION, lines)).toEqual(["right", "wrong", "wrong"]);
  const words = read(EXPRESSION, lines)?.map((verdict) => verdict.words);
  expect(words?.[1]).toMatch(/108/);
  expect(words?.[2]).toBe("follows from a wrong line");
});

test("a line that is right but cannot lead to the goal is a dead end", () => {
  expect(marks(COUNTDOWN, ["14+9=23 (left 4 23)"])).toEqual(["dead-end"]);
  expect(marks(COUNTDOWN, ["14-4=10 (left 9 10)"])).toEqual(["dead-end"]);
});

test("a dead end is told once, at the line that makes it", () => {
  const words = read(COUNTDOWN, ["14+9=23 (left 4 23)", "23+4=27 (left 27)"])?.map((v) => v.words);
  expect(words).toEqual(["right, but the goal is now out of reach", "dead end"]);
});

test("a complete solution says that it is complete", () => {
  const verdicts = read(EXPRESSION, ["12*9-14*3", "108-14*3", "108-42", "66"]);
  expect(verdicts?.map(({ words }) => words)).toEqual([
    "right",
    "right",
    "right",
    "right, and complete",
  ]);
});

test("a problem that no family can read is not judged, and neither is a chain of 50,000 lines", () => {
  expect(judgePrefix({ family: null, text: "2+2", level: null }, ["4"])).toBeNull();
  expect(judgePrefix({ family: "elsewhere", text: "2+2", level: null }, ["4"])).toBeNull();
  expect(judgePrefix({ ...EXPRESSION, text: "2 plus 2" }, ["4"])).toBeNull();
  expect(judgePrefix(EXPRESSION, Array(50_000).fill("1"))).toBeNull();
});
