import type { Problem } from "../../../protocol/events.ts";
import { formatDuration, formatShort } from "../../format.ts";
import { useRecentRuns } from "../../queries.ts";
import { estimateCost, estimateTime, type Range, shapeOf, usesVerifier } from "./cost.ts";
import { useDraft } from "./draft.ts";

/** What the drafted run will probably spend, marked as the estimate that it is. */
export function CostEstimate({ problem }: { problem: Pick<Problem, "family" | "text"> }) {
  const strategy = useDraft((draft) => draft.strategy);
  const limits = useDraft((draft) => draft.limits);
  const past = useRecentRuns(strategy.name);
  const size = strategy.name === "greedy" ? 1 : strategy.n;
  if (Number.isNaN(size)) return null;
  const cost = estimateCost(strategy, shapeOf(problem.family, problem.text), {
    solutions: limitOf(limits.solutions),
    policyTokens: limitOf(limits.policyTokens),
    prmCalls: limitOf(limits.prmCalls),
    prmTokens: limitOf(limits.prmTokens),
  });
  const time = estimateTime(cost.policyTokens, past);
  return (
    <dl className="cost" aria-label="Estimated cost">
      <dt title="Computed from the strategy and the length of the problem, before anything runs">
        Estimated cost
      </dt>
      <dd>{`${formatShort(cost.solutions)} ${cost.solutions === 1 ? "solution" : "solutions"}`}</dd>
      <dd>{`${rangeText(cost.policyTokens, formatShort)} policy tokens`}</dd>
      {usesVerifier(strategy) && (
        <>
          <dd>{`${rangeText(cost.prmCalls, formatShort)} PRM calls`}</dd>
          <dd>{`${rangeText(cost.prmTokens, formatShort)} PRM tokens`}</dd>
        </>
      )}
      {time && <dd>{`${rangeText(time, formatDuration)}, as fast as earlier runs`}</dd>}
    </dl>
  );
}

function rangeText({ low, high }: Range, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)];
  return from === to ? from : `${from}–${to}`;
}

function limitOf(limit: number): number | undefined {
  return Number.isNaN(limit) ? undefined : limit;
}
