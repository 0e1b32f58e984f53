import type { EvaluationState } from "../../../protocol/evaluations.ts";
import { revealControls } from "../../plain-text.ts";
import { t } from "../../words/t.ts";
import { standingWords } from "./standing-words.ts";

/** How far an evaluation is, and for how long it will go on. */
export function Progress({ state }: { state: EvaluationState }) {
  const { status, rows, allRows } = state;
  return (
    <span className="progress-line">
      {status !== "finished" && <progress value={rows} max={allRows} aria-label={t("Runs")} />}
      <span className="soft">{revealControls(standingWords(state))}</span>
    </span>
  );
}
