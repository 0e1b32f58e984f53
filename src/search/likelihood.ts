import { portableExp, portableLn } from "../lib/portable-exp.ts";

/** Name of what scores where paths are ranked by the policy's own probabilities. */
export const LIKELIHOOD = "likelihood";

/** Length that the penalty takes for granted: a path of one token is not penalised. */
const GRANTED = 5;

/**
 * What a path of `length` tokens is worth, in [0, 1]: P^(1 / lp), where P is its
 * probability and lp = ((5 + length) / (5 + 1))^α, that is e to Wu et al.'s score
 * ln P / lp. With α = 0 it is P. It ranks as theirs does, and stays within sight of 1
 * for long paths. `logprob`: ln P, at most 0.
 *
 * Source: Wu et al. 2016, arXiv:1609.08144, equation 14, without the coverage
 * penalty, which belongs to translation.
 */
export function likelihood(logprob: number, length: number, alpha: number): number {
  const ratio = (GRANTED + length) / (GRANTED + 1);
  return portableExp(logprob / portableExp(alpha * portableLn(ratio)));
}
