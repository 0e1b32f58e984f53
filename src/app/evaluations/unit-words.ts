import type { CostUnit } from "../../evaluation/analysis/outcomes.ts";
import { msg } from "../../lib/said.ts";
import { formatDuration } from "../format.ts";
import { formatAmount } from "../recipe/chart-words.ts";
import { t } from "../words/t.ts";

/** What a unit of cost is called on a button, on an axis, with an amount and by itself, and what it counts. */
interface UnitWords {
  readonly words: string;
  readonly axis: string;
  readonly amount: string;
  readonly noun: string;
  readonly title: string;
}

export const UNIT_WORDS = {
  policyTokens: {
    words: msg("Policy tokens"),
    axis: msg("policy tokens of a run, on average"),
    amount: msg("{amount} policy tokens"),
    noun: msg("policy tokens"),
    title: msg("Tokens that the policy samples"),
  },
  prmTokens: {
    words: msg("PRM tokens"),
    axis: msg("PRM tokens of a run, on average"),
    amount: msg("{amount} PRM tokens"),
    noun: msg("PRM tokens"),
    title: msg("Tokens that the verifier reads"),
  },
  prmCalls: {
    words: msg("PRM calls"),
    axis: msg("PRM calls of a run, on average"),
    amount: msg("{amount} PRM calls"),
    noun: msg("PRM calls"),
    title: msg("How often the verifier is asked"),
  },
  solutions: {
    words: msg("Solutions"),
    axis: msg("solutions of a run, or as many steps, on average"),
    amount: msg("{amount} solutions"),
    noun: msg("solutions"),
    title: msg("Complete solutions, or as many steps; looking ahead is counted too"),
  },
  flops: {
    words: msg("FLOPs"),
    axis: msg("floating-point operations of a run, both models, on average"),
    amount: msg("{amount} FLOPs"),
    noun: msg("FLOPs"),
    title: msg("Floating-point operations of both models, 2 a parameter and token"),
  },
  ms: {
    words: msg("Time"),
    axis: msg("time of a run by itself on one core, on average"),
    amount: "{amount}",
    noun: msg("time"),
    title: msg(
      "What the run's batches take on one free core of the machine that it was measured on",
    ),
  },
} as const satisfies Readonly<Record<CostUnit, UnitWords>>;

/** `1.2K policy tokens`, `85 ms`. */
export function costWords(cost: number, unit: CostUnit): string {
  if (unit === "ms") return formatDuration(cost);
  return t(UNIT_WORDS[unit].amount, { amount: formatCost(cost, unit) });
}

/** Short enough for an axis. */
export function formatCost(cost: number, unit: CostUnit): string {
  if (unit !== "ms") return formatAmount(Number(cost.toPrecision(3)));
  if (cost < 1000) return t("{count} ms", { count: String(Number(cost.toPrecision(2))) });
  return t("{count} s", { count: formatAmount(Number((cost / 1000).toPrecision(3))) });
}
