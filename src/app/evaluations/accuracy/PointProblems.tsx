import { useMemo, useState } from "react";
import { msg } from "../../../lib/said.ts";
import type { EvaluationRow } from "../../../protocol/evaluations.ts";
import { formatScore } from "../../format.ts";
import { Icon } from "../../panels/Icon.tsx";
import { Segments } from "../../panels/view-bar/Segments.tsx";
import { useEvaluated } from "../../state/evaluated.ts";
import { inARow } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";
import { cellTitle, type Evaluated } from "../evaluated.ts";
import { partsOf, rowsAt } from "../problems/parts.ts";
import { RowList } from "../problems/RowList.tsx";
import { costWords } from "../unit-words.ts";

const FILTERS = [
  { value: "all", words: msg("All"), title: msg("Right, wrong and what nobody can grade") },
  { value: "right", words: msg("Right"), title: msg("Those with the right answer") },
  { value: "wrong", words: msg("Wrong"), title: msg("Those with a wrong answer, or none") },
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
  const title = cellTitle(spec, point.arm, point.budget);
  return (
    <section className="point-problems" aria-label={t("Problems of the point")}>
      <header className="section-head">
        <h4>{of === "" ? title : t("{title}: {part}", { title, part: of })}</h4>
        <span className="soft" role="status">
          {t("{right} of {count} right", { right, count: rows.length })}
        </span>
        <Segments
          label={t("Show")}
          segments={FILTERS.map((each) => ({
            ...{ value: each.value, words: t(each.words), title: t(each.title) },
          }))}
          value={filter}
          onChoose={setFilter}
        />
        <button
          type="button"
          className="icon"
          aria-label={t("Close the list")}
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
            : inARow([costWords(cost, unit), t("score {score}", { score: formatScore(score) })]);
        }}
      />
    </section>
  );
}
