import { parseArgs } from "node:util";
import type { z } from "zod";
import { inEnglish } from "../lib/said.ts";
import { FAMILIES } from "../problems/families.ts";
import type { Family } from "../problems/family.ts";
import { RunSpec } from "../protocol/runs.ts";
import type { StrategyName } from "../protocol/strategies.ts";
import {
  defaultStrategy,
  type Parameter,
  parametersOf,
} from "../protocol/strategy-facts/read-parameters.ts";
import { factsOf, STRATEGY_NAMES } from "../protocol/strategy-facts/table.ts";

/** A command line that cannot be obeyed; the message says why in one sentence. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What a command line asks for. */
export type SearchOrder =
  | { readonly kind: "help" }
  | {
      readonly kind: "example";
      readonly family: Family;
      readonly level: number;
      readonly seed: number;
    }
  | { readonly kind: "search"; readonly spec: RunSpec };

export interface Flag {
  readonly type: "text" | "number" | "yes";
  /** Where it belongs in a run's spec; none for flags about the command itself. */
  readonly path?: readonly string[];
  /** What it stands for, of a flag that takes no value; `true` if not told. */
  readonly means?: boolean;
  readonly about: string;
}

/** What a search is run with if no strategy is given. */
const USUAL: StrategyName = "beam";

const STRATEGY_FLAGS = STRATEGY_NAMES.map((name) => factsOf({ name }).flag);

/** One flag for each parameter, whatever strategies have it; yes and no may have two. */
const PARAMETER_FLAGS: Readonly<Record<string, Flag>> = Object.fromEntries(
  [
    ...Map.groupBy(
      STRATEGY_NAMES.flatMap((name) =>
        parametersOf(name).map((parameter) => ({ parameter, flag: factsOf({ name }).flag })),
      ),
      ({ parameter }) => parameter.key,
    ).values(),
  ].flatMap((uses) => flagsFor(uses[0]!.parameter, listed(uses.map(({ flag }) => flag)))),
);

function flagsFor(parameter: Parameter, strategies: string): [string, Flag][] {
  const { key, kind, about, off } = parameter;
  const path = ["strategy", key];
  const type = ({ number: "number", choice: "text", flag: "yes" } as const)[kind];
  const choices = kind === "choice" ? `: ${parameter.choices.join(", ")}` : "";
  const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const flag = { type, path, about: `${strategies}: ${about}${choices}` };
  if (off === undefined) return [[name, flag]];
  return [
    [name, flag],
    [off, { type, path, means: false, about: `${strategies}: the opposite of --${name}` }],
  ];
}

const FLAGS: Readonly<Record<string, Flag>> = {
  problem: { type: "text", path: ["problem"], about: 'such as "4 14 9 -> 50" or "(7+5)*9-14*3"' },
  reference: {
    type: "text",
    path: ["reference"],
    about: "the right answer: the problem may be any text, and answers are graded by it",
  },
  strategy: {
    type: "text",
    path: ["strategy", "name"],
    about: `one of those below; ${USUAL} if not given`,
  },
  ...PARAMETER_FLAGS,
  policy: {
    type: "text",
    path: ["policy"],
    about: "model that proposes; scripted needs none, my-server/model is a connected one",
  },
  verifier: {
    type: "text",
    path: ["verifier"],
    about: "what scores: sentei-prm, checker, logprob, scripted, none, or a connected one",
  },
  second: {
    type: "text",
    path: ["second"],
    about: "another verifier, which scores every step and steers nothing",
  },
  temperature: { type: "number", path: ["sampling", "temperature"], about: "0 to 5" },
  "top-k": { type: "number", path: ["sampling", "topK"], about: "0 keeps all" },
  "top-p": { type: "number", path: ["sampling", "topP"], about: "above 0, to 1" },
  "max-step-tokens": { type: "number", path: ["sampling", "maxStepTokens"], about: "longest step" },
  seed: { type: "number", path: ["seed"], about: "the same seed gives the same log" },
  "max-solutions": { type: "number", path: ["budget", "solutions"], about: "budget" },
  "max-policy-tokens": { type: "number", path: ["budget", "policyTokens"], about: "budget" },
  "max-prm-calls": { type: "number", path: ["budget", "prmCalls"], about: "budget" },
  "max-prm-tokens": { type: "number", path: ["budget", "prmTokens"], about: "budget" },
  "max-ms": { type: "number", path: ["budget", "ms"], about: "budget: wall time" },
  example: { type: "yes", about: "print a problem to try; takes --family, --level and --seed" },
  family: { type: "text", about: FAMILIES.map(({ name }) => name).join(", ") },
  level: { type: "number", about: "difficulty of the example" },
  help: { type: "yes", about: "print this" },
};

const EXAMPLE_FLAGS = new Set(["example", "family", "level", "seed"]);

/** What `--help` prints. */
export const SEARCH_USAGE = [
  "Searches for the answer of one problem and prints the log of events, one JSON object a line.",
  "",
  'Usage: npm run search -- --strategy beam --n 16 --problem "4 14 9 -> 50" --seed 7',
  "",
  ...flagLines(FLAGS),
  "",
  "Strategies:",
  ...STRATEGY_NAMES.map((name) => {
    const facts = factsOf({ name });
    return `  ${facts.flag.padEnd(30)}${inEnglish(facts.story(defaultStrategy(name)))}`;
  }),
  "",
  "Exit code: 0 the search finished, 1 it failed, 2 it could not be started, 130 it was cancelled.",
  "",
].join("\n");

/** What is printed of flags. */
export function flagLines(flags: Readonly<Record<string, Flag>>): string[] {
  return Object.entries(flags).map(([name, { type, about }]) => {
    const value = { text: " <text>", number: " <number>", yes: "" }[type];
    return `  ${`--${name}${value}`.padEnd(30)}${about}`;
  });
}

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** Reads the arguments after the command's name. Throws a `UsageError`. */
export function readSearchFlags(args: readonly string[]): SearchOrder {
  const values = readValues(args, FLAGS);
  if (values["help"]) return { kind: "help" };
  const isExample = values["example"] === true;
  for (const flag of Object.keys(values)) {
    const isForExample = EXAMPLE_FLAGS.has(flag);
    if (isExample && !isForExample) throw new UsageError(`--${flag} does not go with --example`);
    if (!isExample && isForExample && flag !== "seed") {
      throw new UsageError(`--${flag} only goes with --example`);
    }
  }
  return isExample ? readExample(values) : { kind: "search", spec: readSpec(values) };
}

/** The flag that sets this part of a run's spec, with its dashes. */
export function flagOf(path: readonly PropertyKey[]): string {
  const wanted = path.join(".");
  const known = Object.entries(FLAGS).find(([, flag]) => flag.path?.join(".") === wanted);
  return `--${known?.[0] ?? wanted}`;
}

/** Values by the names of flags. Throws a `UsageError`. */
export function readValues(args: readonly string[], flags: Readonly<Record<string, Flag>>): Values {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type }]) => [
      name,
      { type: type === "yes" ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // Its first sentence says what is wrong; the others explain the syntax of arguments.
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message.split(/\.\s|\n/)[0]}; --help lists what there is`);
  }
}

function readExample(values: Values): SearchOrder {
  const { family: name = FAMILIES[0]!.name, level, seed } = values;
  const family = FAMILIES.find((candidate) => candidate.name === name);
  if (!family) {
    throw new UsageError(
      `--family must be ${listed(FAMILIES.map((each) => each.name))}, not "${name}"`,
    );
  }
  const wanted = level === undefined ? family.levels[0]! : readNumber("level", level);
  if (!family.levels.includes(wanted)) {
    throw new UsageError(
      `--level of ${family.name} must be ${listed(family.levels)}, not ${wanted}`,
    );
  }
  const drawn = seed === undefined ? 0 : readNumber("seed", seed);
  if (!RunSpec.shape.seed.safeParse(drawn).success) {
    throw new UsageError(`--seed must be a whole number from 0 to 4294967295, not ${drawn}`);
  }
  return { kind: "example", family, level: wanted, seed: drawn };
}

function readSpec(values: Values): RunSpec {
  if (values["problem"] === undefined) {
    throw new UsageError("--problem is missing; --example prints one to try");
  }
  const parsed = RunSpec.safeParse(specOf({ strategy: USUAL, ...values }));
  if (parsed.success) return parsed.data;
  throw new UsageError(sentenceOf(parsed.error.issues[0]!, values));
}

/** The spec as the flags have it; nothing is checked but numbers and the names of strategies. */
function specOf(values: Values): object {
  const spec: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const { path, type, means } = FLAGS[name]!;
    const opposite = contraryOf(name);
    if (opposite && values[opposite]) {
      throw new UsageError(`--${opposite} and --${name} exclude each other`);
    }
    if (!path) continue;
    put(
      spec,
      path,
      type === "number" ? readNumber(name, value) : (means ?? meaningOf(name, value)),
    );
  }
  return spec;
}

/** The flag that says the opposite. */
function contraryOf(name: string): string | undefined {
  const { path, type } = FLAGS[name]!;
  if (type !== "yes" || !path) return undefined;
  return Object.keys(FLAGS).find(
    (other) => other !== name && FLAGS[other]!.path?.join(".") === path.join("."),
  );
}

function meaningOf(name: string, value: string | boolean | undefined): unknown {
  if (name === "verifier") return value === "none" ? null : value;
  if (name !== "strategy") return value;
  const known = STRATEGY_NAMES.find(
    (strategy) => strategy === value || factsOf({ name: strategy }).flag === value,
  );
  if (known) return known;
  throw new UsageError(`--strategy must be ${listed(STRATEGY_FLAGS)}, not "${value}"`);
}

/** Puts a value at a path into an object of objects. */
export function put(
  target: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): void {
  const [key = "", ...rest] = path;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = (target[key] ?? {}) as Record<string, unknown>;
  target[key] = inner;
  put(inner, rest, value);
}

/** Throws a `UsageError` that names the flag. */
export function readNumber(name: string, value: string | boolean | undefined): number {
  const text = String(value).trim();
  const number = Number(text);
  if (text === "" || !Number.isFinite(number)) {
    throw new UsageError(`--${name} must be a number, not "${value}"`);
  }
  return number;
}

function sentenceOf(issue: z.core.$ZodIssue, values: Values): string {
  if (issue.code === "unrecognized_keys") {
    const flag = flagOf([...issue.path, issue.keys[0]!]).slice(2);
    const contrary = FLAGS[flag] && contraryOf(flag);
    const given = contrary && values[contrary] ? contrary : flag;
    return `--${given} has no meaning for the strategy ${values["strategy"] ?? USUAL}`;
  }
  return `${flagOf(issue.path)} cannot be that: ${issue.message}`;
}

/** `a, b, or c`. */
export function listed(names: readonly (string | number)[]): string {
  return new Intl.ListFormat("en", { type: "disjunction" }).format(names.map(String));
}
