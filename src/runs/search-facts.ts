import type { Fact } from "../protocol/events.ts";
import type { RunSpec } from "../protocol/runs.ts";
import type { Strategy } from "../protocol/strategies.ts";
import type { SearchContext } from "../search/context.ts";
import type { Verifier } from "../search/ports.ts";
import { SecondOpinion } from "../search/second-opinion.ts";
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
  const names = { policy: spec.policy, verifier: spec.verifier, second: spec.second };
  const { policy, verifier, second } = await host.open({ ...names, earlier }, asked);
  try {
    const context = { problem, earlier, policy, verifier, sampling, seed, budget, ...given };
    if (second === null) yield* search(strategy, context);
    else yield* searchWithSecond(strategy, context, second);
  } finally {
    policy.dispose();
    verifier?.dispose();
    second?.dispose();
  }
}

function searchWithSecond(
  strategy: Strategy,
  context: SearchContext,
  verifier: Verifier,
): AsyncGenerator<Fact, void, void> {
  const { signal, elapsedMs: clock } = context;
  const aggregation = "aggregation" in strategy ? strategy.aggregation : "last";
  const opinion = new SecondOpinion({ verifier, aggregation, signal, clock });
  const facts = search(strategy, {
    ...context,
    policy: opinion.listenTo(context.policy),
    elapsedMs: () => clock() - opinion.ms,
  });
  return opinion.among(facts);
}
