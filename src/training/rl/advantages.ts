/**
 * Advantages of a group: G solutions that one policy sampled for one problem.
 * Outcome and process advantages are computed apart and added (PRIME, Cui et
 * al. 2025, equation 5, with steps in the place of tokens).
 */

/** How the outcome rewards of a group become advantages. */
export type OutcomeBaseline =
  /** (r − mean) / deviation of the group: GRPO (Shao et al. 2024, DeepSeekMath, 4.1). */
  | "group"
  /** r − mean of the others: RLOO (Ahmadian et al. 2024). */
  | "leave-one-out"
  /** r itself: REINFORCE (Williams 1992) with the constant baseline that the caller subtracted. */
  | "none";

/** Keeps a group in which all are nearly alike from being blown up. */
const EPSILON = 1e-4;

/** `rewards[i]` of solution i → its advantage, the same for all its tokens. */
export function outcomeAdvantages(rewards: readonly number[], baseline: OutcomeBaseline): number[] {
  if (baseline === "none") return [...rewards];
  const size = rewards.length;
  const sum = rewards.reduce((total, reward) => total + reward, 0);
  if (baseline === "leave-one-out") {
    return rewards.map((reward) => (size > 1 ? reward - (sum - reward) / (size - 1) : reward));
  }
  const mean = sum / size;
  const variance = rewards.reduce((total, reward) => total + (reward - mean) ** 2, 0) / size;
  return rewards.map((reward) => (reward - mean) / (Math.sqrt(variance) + EPSILON));
}

/**
 * What each step did to the PRM's belief: r_t = s_t − s_{t−1}, with s_0 = 1,
 * because a PRM of ours scores P(all steps so far are right). Every reward is in
 * [−1, 1], their sum in [−1, 0]: writing more steps cannot earn anything.
 */
export function stepRewards(scores: readonly number[]): number[] {
  return scores.map((score, t) => score - (t === 0 ? 1 : scores[t - 1]!));
}

/**
 * `rewards[i][t]` of step t of solution i → its advantage: the discounted sum
 * Σ_{k ≥ t} γ^(k−t) (r_ik − b_i), where b_i is the mean step reward of the
 * *other* solutions (leave-one-out). With γ = 0 a step answers for itself alone.
 */
export function processAdvantages(
  rewards: readonly (readonly number[])[],
  discount: number,
): number[][] {
  const means = rewards.map((of) => of.reduce((sum, r) => sum + r, 0) / Math.max(1, of.length));
  const total = means.reduce((sum, mean) => sum + mean, 0);
  return rewards.map((of, i) => {
    const baseline = rewards.length > 1 ? (total - means[i]!) / (rewards.length - 1) : 0;
    const advantages = new Array<number>(of.length);
    let ahead = 0;
    for (let t = of.length - 1; t >= 0; t--) {
      ahead = of[t]! - baseline + discount * ahead;
      advantages[t] = ahead;
    }
    return advantages;
  });
}

/**
 * One advantage a token: that of the solution, plus that of the step the token
 * belongs to, its delimiter included. `stepEnds[t]` is the position after the
 * last token of step t; tokens before `promptLength` were not written by the
 * policy and get 0. The stated answer belongs to the last step.
 */
export function tokenAdvantages(
  { length, promptLength, stepEnds }: TokenSpans,
  outcome: number,
  process: readonly number[],
): Float32Array {
  const advantages = new Float32Array(length);
  let step = 0;
  for (let i = promptLength; i < length; i++) {
    while (step < stepEnds.length - 1 && i >= stepEnds[step]!) step++;
    advantages[i] = outcome + (process[step] ?? 0);
  }
  return advantages;
}

export interface TokenSpans {
  readonly length: number;
  readonly promptLength: number;
  readonly stepEnds: readonly number[];
}
