import { useMemo } from "react";
import type { Problem } from "../../../protocol/events.ts";
import { usesVerifier } from "../../../protocol/strategy-facts/table.ts";
import { formatCount, formatDuration } from "../../format.ts";
import { useModels, usePastUse } from "../../queries.ts";
import { t, tCount } from "../../words/t.ts";
import { estimateCost, estimateTime, type Range, roundEstimate, shapeOf } from "./cost.ts";
import { isComplete, modelsOf, useDraft } from "./draft.ts";

/** What the drafted run will probably spend, marked as the estimate that it is. */
export function CostEstimate({ problem }: { problem: Pick<Problem, "family" | "text"> }) {
  const draft = useDraft();
  const { strategy, limits } = draft;
  const { family, text } = problem;
  const shape = useMemo(() => shapeOf(family, text), [family, text]);
  const models = useModels().data;
  const chosen = models && modelsOf(draft, models);
  const past = usePastUse(strategy.name, {
    policy: chosen?.policy?.name ?? null,
    verifier: usesVerifier(strategy) ? (chosen?.verifier?.name ?? null) : null,
  });
  if (!isComplete(strategy)) return null;
  const cost = estimateCost(strategy, shape, {
    solutions: limitOf(limits.solutions),
    policyTokens: limitOf(limits.policyTokens),
    prmCalls: limitOf(limits.prmCalls),
    prmTokens: limitOf(limits.prmTokens),
  });
  const time = estimateTime(cost.policyTokens, past);
  const parts = [
    tCount(cost.solutions, "{count} solution", "{count} solutions"),
    t("{range} tokens", { range: rangeText(cost.policyTokens, formatCount) }),
    ...(cost.prmCalls.high > 0
      ? [
          t("{range} PRM calls", { range: rangeText(cost.prmCalls, formatCount) }),
          t("{range} PRM tokens", { range: rangeText(cost.prmTokens, formatCount) }),
        ]
      : []),
    ...(time ? [t("about {duration}", { duration: rangeText(time, formatDuration) })] : []),
  ];
  return (
    <p
      className="cost"
      title={t(
        "From the strategy and the length of the problem, before anything runs; the time from the pace of earlier runs",
      )}
    >
      <span className="cost-title">{t("Estimated cost")}</span>{" "}
      {parts.map((part) => (
        <span className="cost-part" key={part}>
          {part}
        </span>
      ))}
    </p>
  );
}

function rangeText({ low, high }: Range, format: (value: number) => string): string {
  if (low === high) return format(low);
  const [from, to] = [format(roundEstimate(low)), format(roundEstimate(high))];
  return from === to ? from : `${from}–${to}`;
}

function limitOf(limit: number): number | undefined {
  return Number.isNaN(limit) ? undefined : limit;
}
