import { create } from "zustand";
import type { Budget } from "../../../protocol/budget.ts";
import type { Strategy } from "../../../protocol/events.ts";
import type { ProblemDetails, RunSpecInput } from "../../../protocol/runs.ts";
import { queryClient } from "../../queries.ts";
import { startRun } from "../../state/actions.ts";
import { ApiError, fetchProblems } from "../../state/api.ts";
import { showTab } from "../page.ts";
import { usesVerifier } from "./cost.ts";

/** The run that the form describes. A number that is not typed yet is NaN. */
export interface Draft {
  /** `null`: nobody has typed yet, and the example of the first family stands there. */
  readonly text: string | null;
  /** Where new problems come from; `null`: the first family, its easiest level. */
  readonly family: string | null;
  readonly level: number | null;
  /** Of the problem generator. */
  readonly problemSeed: number;
  readonly strategy: Strategy;
  /** `null`: the first that the server lists. */
  readonly policy: string | null;
  readonly verifier: string | null;
  readonly temperature: number;
  readonly seed: number;
  /** NaN: no limit. */
  readonly limits: Readonly<Record<keyof Budget, number>>;
  readonly paused: boolean;
  readonly starting: boolean;
  /** Why the server did not start it; gone with the next change. */
  readonly refused: ProblemDetails | null;
}

export const PRESETS: readonly Strategy[] = [
  { name: "greedy" },
  { name: "majority", n: 16 },
  { name: "bestOfN", n: 16, weighted: true, aggregation: "last" },
  { name: "beam", n: 16, m: 4, maxRounds: 40, aggregation: "last" },
];

const NO_LIMITS = {
  solutions: Number.NaN,
  policyTokens: Number.NaN,
  prmCalls: Number.NaN,
  prmTokens: Number.NaN,
  ms: Number.NaN,
};

export const useDraft = create<Draft>()(() => ({
  text: null,
  family: null,
  level: null,
  problemSeed: 1,
  strategy: PRESETS[3]!,
  policy: null,
  verifier: null,
  temperature: 0.8,
  seed: 0,
  limits: NO_LIMITS,
  paused: false,
  starting: false,
  refused: null,
}));

/** Changes the draft. What the server said of the old one no longer holds. */
export function edit(change: Partial<Draft>): void {
  useDraft.setState({ ...change, refused: null });
}

/** A seed that nobody chose, unsigned 32 bits; `below` bounds it. */
export function rollSeed(below = 10_000): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % below;
}

/** Replaces the problem by the generated one of this family, level and seed. Rejects with an `ApiError`. */
export async function drawProblem(family: string, level: number, seed: number): Promise<void> {
  edit({ family, level, problemSeed: seed });
  const { problems } = await queryClient.fetchQuery({
    queryKey: ["problem", family, level, seed],
    queryFn: ({ signal }) => fetchProblems({ family, level, seed, count: 1 }, { signal }),
  });
  const latest = useDraft.getState();
  const isStale = latest.family !== family || latest.level !== level || latest.problemSeed !== seed;
  if (problems[0] && !isStale) edit({ text: problems[0].text });
}

/** The run as the server wants it; models that are not chosen are the server's choice. */
export function specOf(draft: Draft, text: string): RunSpecInput {
  const limits = Object.entries(draft.limits).filter(([, limit]) => !Number.isNaN(limit));
  return {
    problem: text,
    strategy: draft.strategy,
    ...(draft.policy !== null && { policy: draft.policy }),
    ...(!usesVerifier(draft.strategy)
      ? { verifier: null }
      : draft.verifier !== null && { verifier: draft.verifier }),
    sampling: { temperature: draft.strategy.name === "greedy" ? 0 : draft.temperature },
    seed: draft.seed,
    budget: Object.fromEntries(limits),
    paused: draft.paused,
  };
}

/**
 * Starts the drafted run and shows its tree. A refusal ends here: it becomes
 * part of the draft, and the form shows it at the fields it names.
 */
export async function submitDraft(text: string): Promise<void> {
  const draft = useDraft.getState();
  if (draft.starting) return;
  useDraft.setState({ starting: true, refused: null });
  try {
    await startRun(specOf(draft, text));
    showTab("tree");
    void queryClient.invalidateQueries({ queryKey: ["runs"] });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    useDraft.setState({ refused: error.details });
  } finally {
    useDraft.setState({ starting: false });
  }
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
