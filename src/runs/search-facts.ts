import type { Fact } from "../protocol/events.ts";
import type { RunSpec } from "../protocol/runs.ts";
import type { SearchContext } from "../search/context.ts";
import { search } from "../search/strategies.ts";
import type { ModelHost } from "./model-host.ts";
import { readRunProblem } from "./read-problem.ts";

/**
 * The facts of the run that `spec` asks for. Opens its models when the first
 * fact is asked for, and disposes of them however it ends, so that a model which
 * cannot be opened fails the run like one that cannot answer.
 */
export async function* searchFacts(
  spec: RunSpec,
  {
    host,
    ...given
  }: { host: ModelHost } & Pick<SearchContext, "signal" | "producer" | "elapsedMs">,
): AsyncGenerator<Fact, void, void> {
  const { strategy, earlier, sampling, seed, budget } = spec;
  const problem = readRunProblem(spec);
  // Models are not told the right answer.
  const { reference: _, ...asked } = problem;
  const names = { policy: spec.policy, verifier: spec.verifier };
  const { policy, verifier } = await host.open({ ...names, earlier }, asked);
  try {
    const context = { problem, earlier, policy, verifier, sampling, seed, budget, ...given };
    yield* search(strategy, context);
  } finally {
    policy.dispose();
    verifier?.dispose();
  }
}
