import { create } from "zustand";
import type { Budget } from "../../../protocol/budget.ts";
import type { EarlierTurn } from "../../../protocol/events.ts";
import type { ModelCard, ModelList, ProblemDetails, RunSpecInput } from "../../../protocol/runs.ts";
import type { Strategy } from "../../../protocol/strategies.ts";
import { defaultStrategy, parametersOf } from "../../../protocol/strategy-facts/read-parameters.ts";
import { factsOf, usesVerifier } from "../../../protocol/strategy-facts/table.ts";

/** The run that the form describes. A number that is not typed yet is NaN. */
export interface Draft {
  /** `null`: nobody has typed yet, and the example of the first family stands there. */
  readonly text: string | null;
  /** The problem whose right answer is known, as it was chosen; another text has none. */
  readonly known: { readonly problem: string; readonly answer: string } | null;
  /** The conversation that the problem goes on with, oldest first. */
  readonly earlier: readonly EarlierTurn[];
  /** Where new problems come from; `null`: the first family, its easiest level. */
  readonly family: string | null;
  readonly level: number | null;
  /** Of the problem generator. */
  readonly problemSeed: number;
  readonly strategy: Strategy;
  /** `null`: nobody chose; see `modelsOf`. */
  readonly policy: string | null;
  readonly verifier: string | null;
  /** Scores every step, too, and decides nothing; `null`: none does. */
  readonly second: string | null;
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly seed: number;
  /** NaN: no limit. */
  readonly limits: Readonly<Record<keyof Budget, number>>;
  readonly paused: boolean;
  /** Whether the fields that most runs leave alone are in sight. */
  readonly moreOpen: boolean;
  readonly starting: boolean;
  /** Why the server did not start it; gone with the next change. */
  readonly refused: ProblemDetails | null;
}

const NO_LIMITS = {
  solutions: Number.NaN,
  policyTokens: Number.NaN,
  prmCalls: Number.NaN,
  prmTokens: Number.NaN,
  ms: Number.NaN,
};

export const useDraft = create<Draft>()(() => ({
  text: null,
  known: null,
  earlier: [],
  family: null,
  level: null,
  problemSeed: 1,
  strategy: defaultStrategy("beam"),
  policy: null,
  verifier: null,
  second: null,
  ...{ temperature: 0.8, topK: 0, topP: 1 },
  seed: 0,
  limits: NO_LIMITS,
  paused: false,
  moreOpen: false,
  starting: false,
  refused: null,
}));

/** Changes the draft. What the server said of the old one no longer holds. */
export function edit(change: Partial<Draft>): void {
  useDraft.setState({ ...change, refused: null });
}

/** The value of a parameter that the strategy's facts name. */
export function parameterValue(strategy: Strategy, key: string): unknown {
  return new Map<string, unknown>(Object.entries(strategy)).get(key);
}

/** Changes one parameter of the drafted strategy; whether the value will do is the server's to say. */
export function setParameter(strategy: Strategy, key: string, value: unknown): void {
  edit({ strategy: { ...strategy, [key]: value } as Strategy });
}

/** Whether every number of the strategy is typed. */
export function isComplete(strategy: Strategy): boolean {
  return !Object.values(strategy).some(Number.isNaN);
}

/** Paths of the parameters that forms show: all, or only those that most runs leave alone. */
export function parameterPaths({ name }: Strategy, which: "all" | "more"): string[] {
  return parametersOf(name)
    .filter(({ more }) => which === "all" || more)
    .map(({ key }) => `strategy.${key}`);
}

/** Shows or hides the fields that most runs leave alone. */
export function showMore(moreOpen: boolean): void {
  useDraft.setState({ moreOpen });
}

/** A seed that nobody chose, unsigned 32 bits; `below` bounds it. */
export function rollSeed(below = 10_000): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % below;
}

/** The models that a draft stands for: the chosen ones, and the usual ones where nobody chose. */
export function modelsOf(
  { policy, verifier }: Pick<Draft, "policy" | "verifier">,
  { policies, verifiers }: ModelList,
): { readonly policy: ModelCard | undefined; readonly verifier: ModelCard | undefined } {
  return {
    policy: choose(policies, policy, USUAL.policy),
    verifier: choose(verifiers, verifier, USUAL.verifier),
  };
}

/** What the server takes if nobody chooses, as in `RunSpec`. */
const USUAL = { policy: "sentei-s", verifier: "sentei-prm" };

function choose(models: readonly ModelCard[], chosen: string | null, usual: string) {
  const named = (name: string | null) => models.find((model) => model.name === name);
  return named(chosen) ?? named(usual) ?? models[0];
}

/** The run as the server wants it. */
export function specOf(draft: Draft, text: string, models: ModelList): RunSpecInput {
  const { policy, verifier } = modelsOf(draft, models);
  const limits = Object.entries(draft.limits).filter(([, limit]) => !Number.isNaN(limit));
  return {
    problem: text,
    ...(knownAnswer(draft, text) !== null && { reference: knownAnswer(draft, text)! }),
    earlier: [...draft.earlier],
    strategy: draft.strategy,
    ...(policy && { policy: policy.name }),
    ...(usesVerifier(draft.strategy)
      ? verifier && { verifier: verifier.name }
      : { verifier: null }),
    ...(draft.second !== null &&
      factsOf(draft.strategy).unit !== "token" && { second: draft.second }),
    sampling: {
      ...(factsOf(draft.strategy).samples
        ? { temperature: draft.temperature, topK: draft.topK, topP: draft.topP }
        : { temperature: 0 }),
      ...(policy?.remote?.maxStepTokens && { maxStepTokens: policy.remote.maxStepTokens }),
    },
    seed: draft.seed,
    budget: Object.fromEntries(limits),
    paused: draft.paused,
  };
}

/** The right answer of a problem if it is the one that was chosen with its answer. */
export function knownAnswer({ known }: Pick<Draft, "known">, text: string): string | null {
  return known?.problem === text ? known.answer : null;
}

/** What the server said about a field (`strategy.n`) or anything inside of it. */
export function refusalOf(refused: ProblemDetails | null, field: string): string | null {
  const errors = refused?.errors?.filter((error) => isWithin(error.field, field)) ?? [];
  return errors.length === 0 ? null : errors.map(({ message }) => message).join(" ");
}

/** What the server said that belongs to none of the fields of the form. */
export function refusalElsewhere(
  refused: ProblemDetails | null,
  fields: readonly string[],
): string | null {
  if (refused === null) return null;
  const errors = refused.errors ?? [];
  const rest = errors.filter(({ field }) => !fields.some((known) => isWithin(field, known)));
  if (errors.length > 0 && rest.length === 0) return null;
  if (rest.length === 0) return refused.detail;
  return rest.map(({ field, message }) => `${field}: ${message}`).join(" ");
}

function isWithin(field: string, parent: string): boolean {
  return field === parent || field.startsWith(`${parent}.`);
}
