import { createRandom } from "../../../lib/random.ts";
import { familyOf } from "../../../problems/families.ts";
import type { Strategy } from "../../../protocol/strategies.ts";
import { factsOf } from "../../../protocol/strategy-facts/table.ts";

/** An estimate: the truth is expected between the two. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What one solution of a problem is expected to look like. */
export interface SolutionShape {
  /** Length of the problem, in tokens. */
  readonly prompt: number;
  readonly steps: Range;
  /** Tokens of one step, its delimiter included. */
  readonly stepTokens: Range;
}

/** The four units of a budget, before the run; wall time is the caller's to guess. */
export interface Cost {
  readonly solutions: number;
  readonly policyTokens: Range;
  readonly prmCalls: Range;
  readonly prmTokens: Range;
}

/** What a run may spend; a limit that is not there does not bind. */
export interface CostLimits {
  readonly solutions?: number | undefined;
  readonly policyTokens?: number | undefined;
  readonly prmCalls?: number | undefined;
  readonly prmTokens?: number | undefined;
}

const NONE: Range = { low: 0, high: 0 };

/**
 * The likely shape of a solution: that of one that the problem's family writes,
 * one token a character, which is what the embedded models read. Without a
 * family it guesses widely. Throws a `ProblemError` if the text is not one of
 * the family's problems.
 */
export function shapeOf(family: string | null, text: string): SolutionShape {
  const prompt = Math.max(1, [...text].length);
  if (family === null)
    return { prompt, steps: { low: 3, high: 12 }, stepTokens: { low: 10, high: 60 } };
  const { parse, writeSolution } = familyOf(family);
  const { steps } = writeSolution(parse(text), createRandom(0), "solved");
  const mean = (steps.join("\n").length + 1) / steps.length;
  return {
    prompt,
    steps: { low: steps.length, high: steps.length + 1 },
    stepTokens: { low: mean * 0.8, high: mean * 1.3 },
  };
}

/**
 * What a strategy is expected to spend on a problem of this shape: its facts
 * tell how many steps it writes and scores. The verifier reads at least what is
 * new and at most the whole prefix each time, so that is the range. Limits cut
 * all of it off.
 */
export function estimateCost(
  strategy: Strategy,
  { prompt, steps, stepTokens }: SolutionShape,
  limits: CostLimits = {},
): Cost {
  const facts = factsOf(strategy);
  const [least, most] = [facts.expects(strategy, steps.low), facts.expects(strategy, steps.high)];
  const written = { low: least.steps * stepTokens.low, high: most.steps * stepTokens.high };
  const read = {
    low: written.low + prompt,
    high: most.prmCalls * (prompt + most.stepsPerCall * stepTokens.high),
  };
  return {
    solutions: Math.min(most.solutions, limits.solutions ?? most.solutions),
    policyTokens: cut(written, limits.policyTokens),
    prmCalls: cut({ low: least.prmCalls, high: most.prmCalls }, limits.prmCalls),
    prmTokens: cut(most.prmCalls === 0 ? NONE : read, limits.prmTokens),
  };
}

function cut({ low, high }: Range, limit = Number.POSITIVE_INFINITY): Range {
  return { low: Math.round(Math.min(low, limit)), high: Math.round(Math.min(high, limit)) };
}

/** What past runs say about speed: tokens of the policy and the ms they took, start to end. */
export interface Pace {
  readonly policyTokens: number;
  readonly ms: number;
}

/**
 * The wall time of a run that writes this many tokens at the pace of earlier
 * ones, in ms; `null` while there is nothing to go by.
 */
export function estimateTime(policyTokens: Range, past: readonly Pace[]): Range | null {
  const paces = past
    .filter((run) => run.policyTokens > 0 && run.ms > 0)
    .map((run) => run.ms / run.policyTokens)
    .toSorted((a, b) => a - b);
  const median = paces[paces.length >> 1];
  if (median === undefined) return null;
  return { low: policyTokens.low * median, high: policyTokens.high * median };
}

/** To two figures: an estimate knows no more. */
export function roundEstimate(value: number): number {
  return Number(value.toPrecision(2));
}
