import { useMemo, useState } from "react";
import { titleOfCell } from "../../../protocol/evaluation-runs.ts";
import type { EvaluationRow } from "../../../protocol/evaluations.ts";
import { formatCount, formatScore } from "../../format.ts";
import { Icon } from "../../panels/Icon.tsx";
import { Segments } from "../../panels/view-bar/Segments.tsx";
import { useEvaluated } from "../../state/evaluated.ts";
import type { Evaluated } from "../evaluated.ts";
import { partsOf, rowsAt } from "../problems/parts.ts";
import { RowList } from "../problems/RowList.tsx";
import { costWords } from "../unit-words.ts";

const FILTERS = [
  { value: "all", words: "All", title: "Right, wrong and what nobody can grade" },
  { value: "right", words: "Right", title: "Those with the right answer" },
  { value: "wrong", words: "Wrong", title: "Those with a wrong answer, or none" },
] as const;
type Filter = (typeof FILTERS)[number]["value"];

/** The problems of the point that was pressed. */
export function PointProblems({ evaluated }: { evaluated: Evaluated }) {
  const point = useEvaluated((view) => view.point);
  const isOracle = useEvaluated((view) => view.isOracle);
  const unit = useEvaluated((view) => view.unit);
  const [filter, setFilter] = useState<Filter>("all");
  const rows = useMemo(
    () => (point === null ? [] : rowsAt(evaluated, point, { isOracle })),
    [evaluated, point, isOracle],
  );
  const { spec } = evaluated.state;
  if (point === null || point.arm >= spec.arms.length || point.budget >= spec.budgets.length) {
    return null;
  }
  const of = partsOf(evaluated, { ...point, isOracle })[0]?.title ?? "";
  const right = rows.filter(({ correct }) => correct === true).length;
  const fits = ({ correct }: EvaluationRow) =>
    filter === "all" || (filter === "right" ? correct === true : correct === false);
  const title = titleOfCell(spec, point.arm, point.budget);
  return (
    <section className="point-problems" aria-label="Problems of the point">
      <header className="section-head">
        <h4>{of === "" ? title : `${title}: ${of}`}</h4>
        <span className="soft" role="status">
          {formatCount(right)} of {formatCount(rows.length)} right
        </span>
        <Segments label="Show" segments={FILTERS} value={filter} onChoose={setFilter} />
        <button
          type="button"
          className="icon"
          aria-label="Close the list"
          onClick={() => useEvaluated.setState({ point: null })}
        >
          <Icon name="cross" />
        </button>
      </header>
      <RowList
        key={`${point.arm} ${point.budget} ${point.family} ${point.bin} ${filter}`}
        evaluated={evaluated}
        rows={rows.filter(fits)}
        about={({ use, solutions, score }) => {
          const cost = unit === "solutions" ? solutions : (use[unit] ?? Number.NaN);
          return score === null
            ? costWords(cost, unit)
            : `${costWords(cost, unit)}, score ${formatScore(score)}`;
        }}
      />
    </section>
  );
}
