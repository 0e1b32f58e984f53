import type { ModelStamp, Problem } from "../../../protocol/events.ts";
import { isReplayed } from "../../../protocol/replayed-name.ts";
import type { Strategy } from "../../../protocol/strategies.ts";
import { strategyTitle } from "../../../protocol/strategy-facts/table.ts";
import { revealControls } from "../../plain-text.ts";
import { t, tSaid } from "../../words/t.ts";
import { ShortText } from "../ShortText.tsx";

interface RunTitleProps {
  problem: Problem | null;
  strategy: Strategy | null;
  policy: ModelStamp | null;
  seed: number | null;
}

/** What the open run is about: its problem and how it searches. */
export function RunTitle({ problem, strategy, policy, seed }: RunTitleProps) {
  if (problem === null || strategy === null) return null;
  // A seed has no part in what is only given back.
  const from =
    policy && isReplayed(policy)
      ? revealControls(policy.name)
      : t("seed {seed}", { seed: String(seed ?? 0) });
  return (
    <p className="run-title">
      <ShortText className="mono" text={problem.text} />
      <span className="soft">{`${tSaid(strategyTitle(strategy))} · ${from}`}</span>
    </p>
  );
}
