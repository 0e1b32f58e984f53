import { type Budget, NO_USE, type Use, type UseDelta } from "../protocol/budget.ts";

interface Limits {
  readonly budget: Budget;
  readonly elapsedMs: () => number;
  /** Whether the strategy asks the verifier: only then do limits on it bind. */
  readonly scores: boolean;
}

/**
 * The account of one run: what has been spent, and what may still be.
 *
 * Limits are asked before each batch. Where the cost of an ask is known
 * (solutions, calls) the batch is cut to what is left, so they are never
 * passed. What a step costs in tokens or time is known only afterwards: the
 * batch that reaches such a limit is the last, and passes it by no more than
 * its own steps.
 */
export class Spend {
  readonly #limits: Limits;
  #total: UseDelta;
  #isLimited = false;

  constructor(limits: Limits) {
    this.#limits = limits;
    const { ms: _, ...nothing } = NO_USE;
    this.#total = { ...nothing, reasoningTokens: 0 };
  }

  add(spent: UseDelta): void {
    const { flops, reasoningTokens, ...total } = this.#total;
    // Who samples nothing does not reason.
    const reasoned = spent.policyTokens === 0 ? 0 : spent.reasoningTokens;
    this.#total = {
      policyTokens: total.policyTokens + spent.policyTokens,
      promptTokens: total.promptTokens + spent.promptTokens,
      policyCalls: total.policyCalls + spent.policyCalls,
      prmTokens: total.prmTokens + spent.prmTokens,
      prmCalls: total.prmCalls + spent.prmCalls,
      // A sum with an unknown part is unknown.
      ...(reasoningTokens !== undefined &&
        reasoned !== undefined && { reasoningTokens: reasoningTokens + reasoned }),
      ...(flops !== undefined && spent.flops !== undefined && { flops: flops + spent.flops }),
    };
  }

  /** The running totals, with the wall time as of now. */
  get use(): Use {
    return { ...this.#total, ms: this.#limits.elapsedMs() };
  }

  /** Whether a limit has ever cut a batch short. */
  get isLimited(): boolean {
    return this.#isLimited;
  }

  /**
   * How many of `wanted` steps may be sampled now, in one batch. `solutions`
   * counts steps of equal depth: a solution is worth one step a round.
   */
  grantSteps(wanted: number): number {
    const { policyTokens = Number.POSITIVE_INFINITY, solutions = Number.POSITIVE_INFINITY } =
      this.#limits.budget;
    const spent = this.#total.policyTokens >= policyTokens;
    return this.#grant(wanted, spent ? 0 : Math.min(solutions, this.#callsLeft()));
  }

  /**
   * How many of `wanted` paths may be scored now, in one batch. With a limit on
   * PRM tokens it is one, for nobody knows beforehand what a pass costs.
   */
  grantScores(wanted: number): number {
    const oneByOne = this.#limits.budget.prmTokens !== undefined;
    return this.#grant(wanted, this.#callsLeft(), oneByOne ? 1 : wanted);
  }

  /** Calls of the verifier that are left: 0 also if its tokens or the time are used up. */
  #callsLeft(): number {
    const { budget, scores, elapsedMs } = this.#limits;
    const { ms = Number.POSITIVE_INFINITY, prmTokens = Number.POSITIVE_INFINITY } = budget;
    if (elapsedMs() >= ms) return 0;
    if (!scores) return Number.POSITIVE_INFINITY;
    if (this.#total.prmTokens >= prmTokens) return 0;
    return (budget.prmCalls ?? Number.POSITIVE_INFINITY) - this.#total.prmCalls;
  }

  #grant(wanted: number, left: number, batch = wanted): number {
    const granted = Math.max(0, Math.min(wanted, left));
    if (granted < wanted) this.#isLimited = true;
    return Math.min(granted, batch);
  }
}
