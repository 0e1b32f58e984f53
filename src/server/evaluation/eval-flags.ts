import { readFileSync } from "node:fs";
import { FAMILIES } from "../../problems/families.ts";
import { EvaluationSpec } from "../../protocol/evaluations.ts";
import type { StrategyName } from "../../protocol/strategies.ts";
import { type Parameter, parametersOf } from "../../protocol/strategy-facts/read-parameters.ts";
import { factsOf, STRATEGY_NAMES } from "../../protocol/strategy-facts/table.ts";
import type { RefusedRow } from "../../protocol/uploaded-sets.ts";
import {
  type Flag,
  flagLines,
  listed,
  put,
  readNumber,
  readValues,
  UsageError,
  type Values,
} from "../search-flags.ts";
import { isSetFile, problemsInFile } from "./eval-set.ts";

/** What a command line asks for. */
export type EvalOrder =
  | { readonly kind: "help" }
  | {
      readonly kind: "evaluate";
      readonly spec: EvaluationSpec;
      /** Rows of a `--set` that do not fit. */
      readonly refused: readonly RefusedRow[];
      /** Folder of the results. */
      readonly out: string;
      readonly threads: number | undefined;
    };

const FLAGS: Readonly<Record<string, Flag>> = {
  spec: { type: "text", about: "file of a whole evaluation, as POST /api/evaluations takes it" },
  name: { type: "text", path: ["name"], about: "what it is called" },
  families: { type: "text", about: `some of ${FAMILIES.map(({ name }) => name).join(",")}` },
  levels: { type: "text", about: "such as 3,4; all if not given" },
  count: {
    type: "number",
    about: "held-out problems of each family, 100 if not given; the first of a --set",
  },
  "problem-seed": { type: "number", about: "draws other problems" },
  problems: { type: "text", about: "file of problems, one a line, in place of families" },
  set: {
    type: "text",
    about: "problems with answers to grade by: a .jsonl or .csv file, or the id of an uploaded set",
  },
  strategies: { type: "text", about: "such as greedy,best-of-n,beam:m=8; several is the point" },
  budgets: { type: "text", about: "in solutions, such as 4,16,64" },
  seeds: { type: "text", about: "each runs every problem once, such as 0,1,2; 0 if not given" },
  policy: {
    type: "text",
    path: ["policy"],
    about: "model that proposes; a connected one is my-server/model",
  },
  verifier: { type: "text", path: ["verifier"], about: "what scores" },
  temperature: { type: "number", path: ["sampling", "temperature"], about: "0 to 5" },
  "top-k": { type: "number", path: ["sampling", "topK"], about: "0 keeps all" },
  "top-p": { type: "number", path: ["sampling", "topP"], about: "above 0, to 1" },
  "max-step-tokens": { type: "number", path: ["sampling", "maxStepTokens"], about: "longest step" },
  threads: { type: "number", about: "all cores if not given; changes nothing but the speed" },
  out: { type: "text", about: "folder of the results; evaluation if not given" },
  help: { type: "yes", about: "print this" },
};

/** Flags that go with a spec in a file. */
const BESIDE_SPEC = new Set(["spec", "threads", "out"]);

/** What `--help` prints. */
export const EVAL_USAGE = [
  "Runs strategies at several budgets on many problems, and says how often they are right and what they cost.",
  "What was finished is kept: the same command goes on after it was stopped, whatever stopped it.",
  "",
  "Usage: npm run eval -- --families countdown --count 200 --strategies majority,best-of-n,beam --budgets 4,16,64",
  "",
  ...flagLines(FLAGS),
  "",
  `Strategies: ${STRATEGY_NAMES.map((name) => factsOf({ name }).flag).join(", ")}; parameters follow as :name=value.`,
  "Written into the folder: rows.csv, a line for every run, and evaluation.json, the same with all figures.",
  "Exit code: 0 all was run, 1 it failed, 2 it could not be started, 130 it was stopped.",
  "",
].join("\n");

/** Reads the arguments after the command's name. Throws a `UsageError`. */
export function readEvalFlags(args: readonly string[]): EvalOrder {
  const values = readValues(args, FLAGS);
  if (values["help"]) return { kind: "help" };
  const threads =
    values["threads"] === undefined ? undefined : readNumber("threads", values["threads"]);
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 256)) {
    throw new UsageError(`--threads must be a whole number from 1 to 256, not ${threads}`);
  }
  const out = String(values["out"] ?? "evaluation");
  const { problems, refused } = readProblems(values);
  const spec = readSpec(values["spec"] === undefined ? specOf(values, problems) : specIn(values));
  return { kind: "evaluate", spec, refused, out, threads };
}

function readSpec(given: unknown): EvaluationSpec {
  const parsed = EvaluationSpec.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${issue!.path.join(".") || "the spec"} cannot be that: ${issue!.message}`);
}

function specIn(values: Values): unknown {
  const foreign = Object.keys(values).find((name) => !BESIDE_SPEC.has(name));
  if (foreign !== undefined) throw new UsageError(`--${foreign} does not go with --spec`);
  const text = readText("spec", values);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--spec ${values["spec"]}: ${(error as Error).message}`);
  }
}

function specOf(values: Values, problems: object): object {
  const spec: Record<string, unknown> = {
    name: "Evaluation",
    problems,
    arms: listOf("strategies", values).map(readArm),
    budgets: numbersOf("budgets", values).map((solutions) => ({ solutions })),
    ...(values["seeds"] !== undefined && { seeds: numbersOf("seeds", values) }),
  };
  for (const [name, value] of Object.entries(values)) {
    const { path, type } = FLAGS[name]!;
    if (path) put(spec, path, type === "number" ? readNumber(name, value) : value);
  }
  return spec;
}

const NONE_REFUSED = { refused: [] };

function readProblems(values: Values): {
  readonly problems: object;
  readonly refused: readonly RefusedRow[];
} {
  if (values["spec"] !== undefined) return { problems: {}, ...NONE_REFUSED };
  if (values["set"] !== undefined) return problemsInSet(values);
  if (values["problems"] !== undefined) {
    refuseBeside("problems", ["families", "levels", "count", "problem-seed"], values);
    const lines = readText("problems", values)
      .split("\n")
      .map((line) => line.trim());
    const problems = lines.filter((line) => line !== "");
    return { problems: { kind: "listed", problems }, ...NONE_REFUSED };
  }
  return { problems: generated(values), ...NONE_REFUSED };
}

function refuseBeside(flag: string, foreign: readonly string[], values: Values): void {
  for (const name of foreign) {
    if (values[name] !== undefined) throw new UsageError(`--${name} does not go with --${flag}`);
  }
}

function problemsInSet(values: Values) {
  refuseBeside("set", ["families", "levels", "problems", "problem-seed"], values);
  const set = String(values["set"]);
  const count = values["count"] === undefined ? undefined : readNumber("count", values["count"]);
  if (isSetFile(set)) return problemsInFile({ file: set, text: readText("set", values) }, count);
  const some = count === undefined ? {} : { count };
  return { problems: { kind: "uploaded", set, ...some }, ...NONE_REFUSED };
}

function generated(values: Values): object {
  const count = values["count"] === undefined ? 100 : readNumber("count", values["count"]);
  const levels = values["levels"] === undefined ? {} : { levels: numbersOf("levels", values) };
  return {
    kind: "generated",
    families: listOf("families", values).map((family) => ({ family, count, ...levels })),
    ...(values["problem-seed"] !== undefined && {
      seed: readNumber("problem-seed", values["problem-seed"]),
    }),
  };
}

/** `beam:m=8:stopAt=0.9`: what differs from the usual is called as it was typed. */
function readArm(word: string): object {
  const [flag = "", ...settings] = word.split(":");
  const name = STRATEGY_NAMES.find(
    (each) => each === flag || factsOf({ name: each }).flag === flag,
  );
  if (name === undefined) {
    const flags = STRATEGY_NAMES.map((each) => factsOf({ name: each }).flag);
    throw new UsageError(`--strategies must name ${listed(flags)}, not "${flag}"`);
  }
  return {
    ...(settings.length > 0 && { label: word }),
    strategy: { name, ...Object.fromEntries(settings.map((each) => readSetting(name, each))) },
  };
}

function readSetting(name: StrategyName, setting: string): [string, unknown] {
  const [key = "", value = ""] = setting.split("=");
  const parameter = parametersOf(name).find((each) => each.key === key);
  if (parameter === undefined) {
    const known = parametersOf(name).map((each) => each.key);
    const has = known.length > 0 ? `it has ${listed(known)}` : "it has none";
    throw new UsageError(`--strategies: ${factsOf({ name }).flag} has no "${key}"; ${has}`);
  }
  return [key, meaningOf(parameter, value)];
}

function meaningOf({ kind, key }: Parameter, value: string): unknown {
  if (kind === "number") return readNumber(`strategies ${key}`, value);
  if (kind === "choice") return value;
  if (value === "yes" || value === "no") return value === "yes";
  throw new UsageError(`--strategies: ${key} must be yes or no, not "${value}"`);
}

function listOf(name: string, values: Values): string[] {
  const value = values[name];
  if (value === undefined) throw new UsageError(`--${name} is missing; --help says what it means`);
  return String(value)
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function numbersOf(name: string, values: Values): number[] {
  return listOf(name, values).map((word) => readNumber(name, word));
}

function readText(name: string, values: Values): string {
  try {
    return readFileSync(String(values[name]), "utf8");
  } catch (error) {
    throw new UsageError(`--${name} ${values[name]} cannot be read: ${(error as Error).message}`);
  }
}
