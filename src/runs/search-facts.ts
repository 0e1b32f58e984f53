import { RecordedReplies } from "../models/recorded-replies.ts";
import { type Fact, ROOT } from "../protocol/events.ts";
import type { RunSpec } from "../protocol/runs.ts";
import type { Strategy } from "../protocol/strategies.ts";
import type { SearchContext } from "../search/context.ts";
import type { Verifier } from "../search/ports.ts";
import { SecondOpinion } from "../search/second-opinion.ts";
import { search } from "../search/strategies.ts";
import type { ModelHost } from "./model-host.ts";
import { readRunProblem } from "./read-problem.ts";
import type { Recorded } from "./resume-run.ts";

/**
 * The facts of the run that `spec` asks for. Opens its models when the first
 * fact is asked for, and disposes of them however it ends, so that a model which
 * cannot be opened fails the run like one that cannot answer.
 */
export async function* searchFacts(
  spec: RunSpec,
  {
    host,
    recorded,
    ...given
  }: {
    readonly host: ModelHost;
    /** What is known of its replies already. */
    readonly recorded?: Recorded | undefined;
  } & Pick<SearchContext, "signal" | "producer" | "elapsedMs">,
): AsyncGenerator<Fact, void, void> {
  const { strategy, earlier, sampling, seed, budget } = spec;
  const problem = readRunProblem(spec);
  // Models are not told the right answer.
  const { reference: _, ...asked } = problem;
  const names = { policy: spec.policy, verifier: spec.verifier, second: spec.second };
  const models = await host.open({ ...names, earlier }, asked);
  const { policy, verifier, second } = recorded ? replayed(models, recorded) : models;
  try {
    const context = { problem, earlier, policy, verifier, sampling, seed, budget, ...given };
    const facts =
      second === null ? search(strategy, context) : searchWithSecond(strategy, context, second);
    if (recorded) yield* forked(facts, recorded);
    else yield* facts;
  } finally {
    policy.dispose();
    verifier?.dispose();
    second?.dispose();
  }
}

type Models = Awaited<ReturnType<ModelHost["open"]>>;

/** Models that say again what they said before they are really asked. */
function replayed({ policy, verifier, second }: Models, { events }: Recorded): Models {
  const replies = new RecordedReplies(events);
  return {
    policy: replies.policy(policy),
    verifier: verifier && replies.verifier(verifier, "scored"),
    second: second && replies.verifier(second, "judged"),
  };
}

async function* forked(
  facts: AsyncIterable<Fact>,
  { run, events }: Recorded,
): AsyncGenerator<Fact, void, void> {
  const forkedFrom = { run, seq: events.at(-1)!.seq, node: ROOT };
  for await (const fact of facts) {
    yield fact.type === "started" ? { ...fact, forkedFrom } : fact;
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
