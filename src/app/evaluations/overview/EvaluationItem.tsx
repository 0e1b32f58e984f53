import { titleOfArm } from "../../../protocol/evaluation-runs.ts";
import type { EvaluationState } from "../../../protocol/evaluations.ts";
import { formatPlural } from "../../format.ts";
import { OutcomeMark } from "../../panels/runs/OutcomeMark.tsx";
import { formatAge } from "../../panels/runs/run-words.ts";
import { revealControls } from "../../plain-text.ts";
import { NO_EVALUATION, useEvaluated } from "../../state/evaluated.ts";
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
        {formatPlural(problems, "problem")} × {spec.arms.map(titleOfArm).join(", ")} ×{" "}
        {formatPlural(spec.budgets.length, "budget")}
      </span>
      <Progress state={state} />
    </button>
  );
}
