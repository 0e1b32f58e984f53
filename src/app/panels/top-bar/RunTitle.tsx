import type { Problem, Strategy } from "../../../protocol/events.ts";
import { strategyName } from "../new-run/strategy-words.ts";
import { ShortText } from "../ShortText.tsx";

interface RunTitleProps {
  problem: Problem | null;
  strategy: Strategy | null;
  seed: number | null;
}

/** What the open run is about: its problem and how it searches. */
export function RunTitle({ problem, strategy, seed }: RunTitleProps) {
  if (problem === null || strategy === null) return null;
  return (
    <p className="run-title">
      <ShortText className="mono" text={problem.text} />
      <span className="soft">{`${strategyName(strategy)} · seed ${seed ?? 0}`}</span>
    </p>
  );
}
