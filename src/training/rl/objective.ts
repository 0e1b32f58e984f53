/**
 * The clipped surrogate of PPO with a penalty on the distance from a reference
 * policy, as GRPO uses it (Shao et al. 2024, equation 3): of every token
 * min(ρA, clip(ρ, 1−ε, 1+ε)A) − β·KL with ρ = p / p_old and the estimator
 * KL = q/p − ln(q/p) − 1 (Schulman's k3), where q is the reference's probability.
 */
export interface Objective {
  /** ε: how far the probability of a token may go in one batch before its gradient stops. */
  readonly clip: number;
  /** β: weight of the distance from the reference; 0 lets the policy go anywhere. */
  readonly klWeight: number;
}

/** One token's part: the derivative of the objective by ln p, and what is worth watching. */
export interface TokenTerm {
  readonly gradient: number;
  readonly kl: number;
  readonly clipped: boolean;
}

/** ln p now, when it was sampled, and of the reference, of one token with advantage A. */
export function tokenTerm(
  {
    logprob,
    old,
    reference,
    advantage,
  }: { logprob: number; old: number; reference: number; advantage: number },
  { clip, klWeight }: Objective,
): TokenTerm {
  const ratio = Math.exp(logprob - old);
  const clipped = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
  const away = reference - logprob;
  const kl = Math.exp(away) - away - 1;
  const gradient = (clipped ? 0 : ratio * advantage) + klWeight * (Math.exp(away) - 1);
  return { gradient, kl, clipped };
}
