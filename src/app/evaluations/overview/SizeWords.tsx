import { useMemo } from "react";
import type { EvaluationSpec, EvaluationState } from "../../../protocol/evaluations.ts";
import { formatDuration } from "../../format.ts";
import { roundEstimate } from "../../panels/new-run/cost.ts";
import { formatAmount } from "../../recipe/chart-words.ts";
import { inARow } from "../../words/node-words.ts";
import { t, tCount } from "../../words/t.ts";
import { secondsFor, sizeOf } from "../size.ts";

interface SizeWordsProps {
  readonly spec: EvaluationSpec;
  /** By whose pace the time is told. */
  readonly earlier: readonly EvaluationState[];
}

/** How much work an evaluation is, as the estimate that it is. */
export function SizeWords({ spec, earlier }: SizeWordsProps) {
  const size = useMemo(() => sizeOf(spec), [spec]);
  const seconds = useMemo(() => secondsFor(size, spec.policy, earlier), [size, spec, earlier]);
  const { low, high } = size.policyTokens;
  const tokens = [low, high].map((tokens) => formatAmount(roundEstimate(tokens)));
  const [least, most] = tokens;
  return (
    <p
      className="size-words"
      title={t(
        "Before anything runs: from the strategies and the length of usual solutions. Runs of one problem share the tokens that they have in common. The time is from the pace of earlier evaluations.",
      )}
    >
      {inARow([
        tCount(size.problems, "{count} problem", "{count} problems"),
        tCount(size.runs, "{count} run", "{count} runs"),
        least === most
          ? t("{amount} policy tokens", { amount: least! })
          : t("{least} to {most} policy tokens", { least: least!, most: most! }),
        ...(seconds === null ? [] : [t("about {time}", { time: durationWords(seconds) })]),
      ])}
    </p>
  );
}

/** No finer than an estimate is. */
function durationWords(seconds: number): string {
  const rounded = roundEstimate(Math.max(1, seconds));
  return rounded < 60 ? t("{count} s", { count: String(rounded) }) : formatDuration(rounded * 1000);
}
