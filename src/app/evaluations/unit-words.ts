import type { CostUnit } from "../../evaluation/analysis/outcomes.ts";
import { formatDuration } from "../format.ts";
import { formatAmount } from "../recipe/chart-words.ts";

/** What a unit of cost is called on a button, on an axis and after an amount, and what it counts. */
interface UnitWords {
  readonly words: string;
  readonly axis: string;
  readonly after: string;
  readonly title: string;
}

export const UNIT_WORDS: Readonly<Record<CostUnit, UnitWords>> = {
  policyTokens: {
    words: "Policy tokens",
    axis: "policy tokens of a run, on average",
    after: "policy tokens",
    title: "Tokens that the policy samples",
  },
  prmTokens: {
    words: "PRM tokens",
    axis: "PRM tokens of a run, on average",
    after: "PRM tokens",
    title: "Tokens that the verifier reads",
  },
  prmCalls: {
    words: "PRM calls",
    axis: "PRM calls of a run, on average",
    after: "PRM calls",
    title: "How often the verifier is asked",
  },
  solutions: {
    words: "Solutions",
    axis: "solutions of a run, or as many steps, on average",
    after: "solutions",
    title: "Complete solutions, or as many steps; looking ahead is counted too",
  },
  flops: {
    words: "FLOPs",
    axis: "floating-point operations of a run, both models, on average",
    after: "FLOPs",
    title: "Floating-point operations of both models, 2 a parameter and token",
  },
  ms: {
    words: "Time",
    axis: "time of a run by itself on one core, on average",
    after: "",
    title: "What the run's batches take on one free core of the machine that it was measured on",
  },
};

/** `1.2K policy tokens`, `85 ms`. */
export function costWords(cost: number, unit: CostUnit): string {
  if (unit === "ms") return formatDuration(cost);
  return `${formatCost(cost, unit)} ${UNIT_WORDS[unit].after}`;
}

/** Short enough for an axis. */
export function formatCost(cost: number, unit: CostUnit): string {
  if (unit !== "ms") return formatAmount(Number(cost.toPrecision(3)));
  if (cost < 1000) return `${Number(cost.toPrecision(2))} ms`;
  return `${formatAmount(Number((cost / 1000).toPrecision(3)))} s`;
}
