import { deriveSeed } from "../../lib/random.ts";
import type { Policy, Proposed, Sampling, Steps } from "../../search/ports.ts";

/** A solution as a policy wrote it, right or wrong. */
export interface Attempt {
  readonly steps: Steps;
  /** As stated; `null` if it never ended. */
  readonly answer: string | null;
  /** How its last step ended, as in `Proposed`; `step` if there may be no more of them. */
  readonly ended: Proposed["ended"];
}

/** Longest attempt, in steps; the longest right one has 7. */
const MAX_STEPS = 12;

/**
 * Lets the policy finish every prefix once, all in lock-step. Attempt i draws
 * from `deriveSeed(seed, i, step)`. An attempt that was cut off has no answer.
 */
export async function finish(
  policy: Policy,
  prefixes: readonly Steps[],
  { sampling, seed }: { sampling: Sampling; seed: number },
): Promise<Attempt[]> {
  const never = new AbortController().signal;
  const attempts: Attempt[] = prefixes.map((steps) => ({ steps, answer: null, ended: "step" }));
  let open = prefixes.map((_, i) => i);
  for (let step = 0; step < MAX_STEPS && open.length > 0; step++) {
    const asks = open.map((i) => ({
      prefix: attempts[i]!.steps,
      sampling,
      seed: deriveSeed(seed, i, step),
    }));
    const going: number[] = [];
    for await (const { ask, text, ended, answer } of policy.propose(asks, never)) {
      const i = open[ask]!;
      attempts[i] = { steps: [...attempts[i]!.steps, text], answer, ended };
      if (ended === "step") going.push(i);
    }
    open = going.toSorted((a, b) => a - b);
  }
  return attempts;
}

/** `count` attempts at the problem from the start. */
export function attempt(
  policy: Policy,
  count: number,
  options: { sampling: Sampling; seed: number },
): Promise<Attempt[]> {
  return finish(
    policy,
    Array.from({ length: count }, () => []),
    options,
  );
}
