import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { UsageError } from "../search-flags.ts";
import { EVAL_USAGE, readEvalFlags } from "./eval-flags.ts";

const USUAL = ["--families", "countdown", "--strategies", "beam", "--budgets", "4"];

function complaint(...args: string[]): string {
  try {
    readEvalFlags(args);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  return "nothing";
}

test("every flag finds its place in the spec", () => {
  const args =
    "--name N --families countdown,expressions --levels 3,4 --count 7 --problem-seed 5 " +
    "--strategies greedy,best-of-n:weighted=no:aggregation=min,beam:m=8 --budgets 4,16 --seeds 1,2 " +
    "--policy p --verifier v --temperature 0.5 --top-k 3 --top-p 0.9 --max-step-tokens 50 --threads 3 --out o";
  expect(readEvalFlags(args.split(" "))).toMatchObject({
    ...{ kind: "evaluate", out: "o", threads: 3 },
    spec: {
      ...{ name: "N", policy: "p", verifier: "v", seeds: [1, 2] },
      problems: {
        seed: 5,
        families: [
          { family: "countdown", levels: [3, 4], count: 7 },
          { family: "expressions", levels: [3, 4], count: 7 },
        ],
      },
      arms: [
        { strategy: { name: "greedy" } },
        {
          label: "best-of-n:weighted=no:aggregation=min",
          strategy: { name: "bestOfN", weighted: false, aggregation: "min" },
        },
        { label: "beam:m=8", strategy: { name: "beam", m: 8 } },
      ],
      budgets: [{ solutions: 4 }, { solutions: 16 }],
      sampling: { temperature: 0.5, topK: 3, topP: 0.9, maxStepTokens: 50 },
    },
  });
});

test("what is not given has the defaults of every other evaluation", () => {
  expect(readEvalFlags(USUAL)).toMatchObject({
    ...{ out: "evaluation", threads: undefined },
    spec: { policy: "sentei-s", seeds: [0], problems: { families: [{ count: 100 }], seed: 0 } },
  });
  expect(readEvalFlags(["--help"])).toEqual({ kind: "help" });
  expect(EVAL_USAGE).toContain("--budgets");
});

const ARMS = ["--strategies", "beam", "--budgets", "4"];

test("a set is a file of problems with answers, or the id of one that was uploaded", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "sentei-set-"));
  const file = path.join(folder, "mine.csv");
  writeFileSync(file, "question,answer,level\n3+4,7,2\n,8,1\n5+6,11,\n");
  expect(readEvalFlags(["--set", file, ...ARMS])).toMatchObject({
    refused: [{ line: 3, reason: expect.stringMatching(/^it has no problem/) }],
    spec: {
      problems: {
        kind: "answered",
        problems: [
          { problem: "3+4", answer: "7", level: 2 },
          { problem: "5+6", answer: "11", level: null },
        ],
      },
    },
  });
  expect(readEvalFlags(["--set", file, "--count", "1", ...ARMS])).toMatchObject({
    spec: { problems: { problems: [{ problem: "3+4" }] } },
  });
  writeFileSync(file, "question\n3+4\n");
  expect(complaint("--set", file, ...ARMS)).toMatch(/no row is a problem .*; on line 2: it has no/);
  rmSync(folder, { recursive: true });

  expect(readEvalFlags(["--set", "k3f", "--count", "9", ...ARMS])).toMatchObject({
    ...{ refused: [], spec: { problems: { kind: "uploaded", set: "k3f", count: 9 } } },
  });
});

test.each([
  [["--set", "k3f", "--families", "countdown", ...ARMS], /^--families does not go with --set/],
  [["--set", "/nowhere/x.jsonl", ...ARMS], /^--set .* cannot be read/],
  [["--set", "k3f", "--count", "0", ...ARMS], /^problems.count cannot be that/],
  [["--strategies", "beam", "--budgets", "4"], /^--families is missing/],
  [[...USUAL, "--count", "many"], /^--count must be a number, not "many"/],
  [[...USUAL, "--threads", "0"], /^--threads must be a whole number/],
  [[...USUAL, "--strategies", "bean"], /^--strategies must name .*not "bean"/],
  [[...USUAL, "--strategies", "beam:z=1"], /beam has no "z"; it has n, m/],
  [[...USUAL, "--strategies", "greedy:n=1"], /greedy has no "n"; it has none/],
  [[...USUAL, "--strategies", "best-of-n:weighted=maybe"], /weighted must be yes or no/],
  [[...USUAL, "--strategies", "beam:m=0"], /^arms.0.strategy.m cannot be that/],
  [[...USUAL, "--budgets", "0"], /^budgets.0.solutions cannot be that/],
  [[...USUAL, "--problems", "x"], /^--families does not go with --problems/],
  [[...USUAL, "--spec", "x"], /does not go with --spec/],
  [["--spec", "/nowhere/x.json"], /^--spec .* cannot be read/],
  [["--nonsense"], /--help lists what there is/],
])("%j is refused with the flag", (args, message) => {
  expect(complaint(...args)).toMatch(message);
});
