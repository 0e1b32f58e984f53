import { expect, test } from "vitest";
import { inEnglish } from "../lib/said.ts";
import { Strategy } from "../protocol/strategies.ts";
import { defaultStrategy, parametersOf } from "../protocol/strategy-facts/read-parameters.ts";
import { factsOf, STRATEGY_NAMES } from "../protocol/strategy-facts/table.ts";
import { readSearchFlags, SEARCH_USAGE, UsageError } from "./search-flags.ts";

const PROBLEM = ["--problem", "4 14 9 -> 50"];

/** What the command line says is wrong. */
function complaint(...args: string[]): string {
  try {
    readSearchFlags(args);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  return "nothing";
}

test("every flag finds its place in the spec", () => {
  const args =
    "--strategy beam --n 8 --m 2 --max-rounds 9 --aggregation min --policy p --verifier v " +
    "--temperature 0.5 --top-k 3 --top-p 0.9 --max-step-tokens 50 --seed 7 --max-solutions 1 " +
    "--max-policy-tokens 2 --max-prm-calls 3 --max-prm-tokens 4 --max-ms 5.5";
  expect(readSearchFlags([...PROBLEM, ...args.split(" ")])).toEqual({
    kind: "search",
    spec: {
      earlier: [],
      problem: "4 14 9 -> 50",
      strategy: { name: "beam", n: 8, m: 2, maxRounds: 9, aggregation: "min" },
      ...{ policy: "p", verifier: "v", seed: 7, paused: false },
      sampling: { temperature: 0.5, topK: 3, topP: 0.9, maxStepTokens: 50 },
      budget: { solutions: 1, policyTokens: 2, prmCalls: 3, prmTokens: 4, ms: 5.5 },
    },
  });
});

test("what is not given has the defaults of every other run", () => {
  expect(readSearchFlags(PROBLEM)).toMatchObject({
    spec: {
      strategy: { name: "beam", n: 16, m: 4 },
      sampling: { temperature: 0.8 },
      budget: {},
      seed: 0,
    },
  });
});

test.each([
  [["--strategy", "best-of-n"], { name: "bestOfN", weighted: true }],
  [["--strategy", "best-of-n", "--weighted"], { name: "bestOfN", weighted: true }],
  [["--strategy", "best-of-n", "--plain"], { name: "bestOfN", weighted: false }],
  [["--strategy", "bestOfN"], { name: "bestOfN" }],
  [["--strategy", "greedy"], { name: "greedy" }],
  [["--strategy", "majority", "--n", "3"], { name: "majority", n: 3 }],
])("%j is that strategy", (args, strategy) => {
  expect(readSearchFlags([...PROBLEM, ...args])).toMatchObject({ spec: { strategy } });
});

test.each(STRATEGY_NAMES)("every parameter of %s has a flag that sets it", (name) => {
  for (const { key, off, ...parameter } of parametersOf(name)) {
    const flag = `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const [args, value] = {
      number: () => [[flag, String(Reflect.get(parameter, "max"))], Reflect.get(parameter, "max")],
      choice: () => [
        [flag, Reflect.get(parameter, "choices").at(-1)],
        Reflect.get(parameter, "choices").at(-1),
      ],
      flag: () => [[off === undefined ? flag : `--${off}`], off === undefined],
    }[parameter.kind]() as [string[], unknown];
    const order = readSearchFlags([...PROBLEM, "--strategy", factsOf({ name }).flag, ...args]);
    const strategy = Strategy.parse({ name, [key]: value });
    expect(order).toMatchObject({ kind: "search", spec: { strategy } });
  }
});

test("no verifier can be asked for", () => {
  const order = readSearchFlags([...PROBLEM, "--verifier", "none"]);
  expect(order).toMatchObject({ spec: { verifier: null } });
});

test("what is wrong is said in one sentence that names the flag", () => {
  expect(complaint("--strategy", "beam")).toMatch(/--problem is missing/);
  expect(complaint(...PROBLEM, "--wat")).toMatch(/Unknown option '--wat'/);
  expect(complaint(...PROBLEM, "--n")).toMatch(/--n/);
  expect(complaint(...PROBLEM, "more")).toMatch(/'more'/);
  expect(complaint(...PROBLEM, "--n", "many")).toBe('--n must be a number, not "many"');
  expect(complaint(...PROBLEM, "--n", "")).toBe('--n must be a number, not ""');
  expect(complaint(...PROBLEM, "--n", "0")).toMatch(/^--n cannot be that: .*1$/);
  expect(complaint(...PROBLEM, "--n", "2.5")).toMatch(/^--n cannot be that/);
  expect(complaint(...PROBLEM, "--seed=-1")).toMatch(/^--seed cannot be that/);
  expect(complaint(...PROBLEM, "--top-p", "2")).toMatch(/^--top-p cannot be that/);
  expect(complaint(...PROBLEM, "--max-ms", "0")).toMatch(/^--max-ms cannot be that/);
  expect(complaint(...PROBLEM, "--aggregation", "max")).toMatch(/^--aggregation cannot be that/);
  expect(complaint(...PROBLEM, "--strategy", "chess")).toMatch(
    /^--strategy must be greedy, majority, .*, not "chess"$/,
  );
  expect(complaint(...PROBLEM, "--strategy", "greedy", "--n", "2")).toBe(
    "--n has no meaning for the strategy greedy",
  );
  expect(complaint(...PROBLEM, "--plain")).toBe("--plain has no meaning for the strategy beam");
  expect(complaint(...PROBLEM, "--strategy", "best-of-n", "--plain", "--weighted")).toMatch(
    /--weighted and --plain/,
  );
  expect(complaint("--example", "--family", "chess")).toBe(
    '--family must be expressions, countdown, equations, or word-problems, not "chess"',
  );
  expect(complaint("--example", "--level", "99")).toMatch(/^--level of expressions must be 3, 4/);
  expect(complaint("--example", "--seed", "0.5")).toMatch(/^--seed must be a whole number/);
  expect(complaint("--example", "--n", "2")).toBe("--n does not go with --example");
  expect(complaint(...PROBLEM, "--level", "2")).toBe("--level only goes with --example");
});

test("help names every flag, and comes before any complaint", () => {
  expect(readSearchFlags(["--help", "--n", "many"])).toEqual({ kind: "help" });
  for (const flag of ["--problem", "--verifier", "--max-prm-tokens", "--example"]) {
    expect(SEARCH_USAGE).toContain(flag);
  }
  for (const name of STRATEGY_NAMES) {
    expect(SEARCH_USAGE).toContain(inEnglish(factsOf({ name }).story(defaultStrategy(name))));
  }
});
