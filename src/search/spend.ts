import { type Budget, NO_USE, type Use, type UseDelta } from "../protocol/budget.ts";

interface Limits {
  readonly budget: Budget;
  readonly elapsedMs: () => number;
  /** Whether the strategy asks the verifier: only then do limits on it bind. */
  readonly scores: boolean;
  /** Most tokens that one step can have. */
  readonly stepTokens: number;
}

/**
 * The account of one run: what has been spent, and what may still be.
 *
 * Limits are hard: no run passes one by more than one step. Where the cost of an
 * ask is known beforehand (solutions, calls), as many are granted as are left.
 * What a step costs in tokens is known only afterwards, but not its bound: so
 * many are granted at once that even if each but the last were the longest
 * possible, the last would still begin below the limit. Batches are cut only
 * near a limit. In time the steps of a batch are one, for they are written side
 * by side.
 */
export class Spend {
  readonly #limits: Limits;
  #total: UseDelta;
  #isLimited = false;
  /** Steps planned at each depth, as `solutions` counts them. */
  readonly #planned = new Map<number, number>();

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
   * How many of `wanted` steps at one depth may be planned, counted as planned
   * from then on. A solution has one step at each depth, so `solutions` limits
   * how many there are at any. A step that has to be looked ahead from is worth
   * `each` steps.
   */
  grantSteps(wanted: number, { depth, each = 1 }: { depth: number; each?: number }): number {
    const { policyTokens = Number.POSITIVE_INFINITY, solutions = Number.POSITIVE_INFINITY } =
      this.#limits.budget;
    const spent = this.#total.policyTokens >= policyTokens;
    const planned = this.#planned.get(depth) ?? 0;
    const left = Math.floor((solutions - planned) / each);
    const granted = this.#grant(wanted, spent ? 0 : Math.min(left, this.#callsLeft()));
    this.#planned.set(depth, planned + granted * each);
    return granted;
  }

  /** How many of `wanted` planned steps may be sampled now, in one batch; 0: the tokens or the time are used up. */
  grantBatch(wanted: number): number {
    const { budget, elapsedMs, stepTokens } = this.#limits;
    const { policyTokens = Number.POSITIVE_INFINITY, ms = Number.POSITIVE_INFINITY } = budget;
    const left = elapsedMs() < ms ? policyTokens - this.#total.policyTokens : 0;
    return this.#grant(wanted, left > 0 ? wanted : 0, Math.max(0, Math.ceil(left / stepTokens)));
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
