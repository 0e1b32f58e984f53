import { titleOfArm } from "../../../protocol/evaluation-runs.ts";
import type { EvaluationState } from "../../../protocol/evaluations.ts";
import { OutcomeMark } from "../../panels/runs/OutcomeMark.tsx";
import { formatAge } from "../../panels/runs/run-words.ts";
import { revealControls } from "../../plain-text.ts";
import { NO_EVALUATION, useEvaluated } from "../../state/evaluated.ts";
import { inARow } from "../../words/node-words.ts";
import { tCount, tSaid } from "../../words/t.ts";
import { Progress } from "../standing/Progress.tsx";
import { MARKS } from "../standing/standing-words.ts";

/** One evaluation of the list; pressing it opens it. */
export function EvaluationItem({ state }: { state: EvaluationState }) {
  const { id, spec, status, problems, createdAt } = state;
  return (
    <button
      type="button"
      className="evaluation-item"
      onClick={() => useEvaluated.setState({ ...NO_EVALUATION, id })}
    >
      <OutcomeMark mark={MARKS[status]} />
      <span className="name">{revealControls(spec.name)}</span>
      <time className="soft" dateTime={createdAt}>
        {formatAge(Date.parse(createdAt), Date.now())}
      </time>
      <span className="about soft">
        {tCount(problems, "{count} problem", "{count} problems")} ×{" "}
        {inARow(spec.arms.map((arm) => titleOfArm(arm, tSaid)))} ×{" "}
        {tCount(spec.budgets.length, "{count} budget", "{count} budgets")}
      </span>
      <Progress state={state} />
    </button>
  );
}
