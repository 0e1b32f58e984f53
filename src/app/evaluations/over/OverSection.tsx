import { useMemo } from "react";
import { lovedAndWrong } from "../../../evaluation/analysis/over-optimisation.ts";
import type { EvaluationRow } from "../../../protocol/evaluations.ts";
import { formatScore } from "../../format.ts";
import { Chart } from "../../recipe/Chart.tsx";
import { inARow } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";
import { cellTitle, type Evaluated } from "../evaluated.ts";
import type { ProblemPart } from "../problems/parts.ts";
import { RowList } from "../problems/RowList.tsx";
import { overCharts } from "./over-charts.ts";

/** Where more search finds what the verifier loves and not what is right. */
export function OverSection({ evaluated, part }: { evaluated: Evaluated; part: ProblemPart }) {
  const { spec } = evaluated.state;
  const charts = useMemo(() => overCharts(part.rows, spec), [part, spec]);
  const loved = useMemo(() => oncePerProblem(lovedAndWrong(part.rows)), [part]);
  return (
    <section aria-labelledby="over-title">
      <header className="section-head">
        <h3 id="over-title">{t("Is the PRM over-optimised?")}</h3>
      </header>
      {charts.length === 0 ? (
        <p className="soft nothing">{t("No strategy of this evaluation chooses by scores.")}</p>
      ) : (
        <>
          <p className="soft lead">
            {t(
              "Where the score of what is chosen goes on rising with the budget and the share that is right does not, the search finds mistakes of the PRM. Bands are 95 % intervals.",
            )}
          </p>
          <div className="charts">
            {charts.map((chart) => (
              <Chart key={chart.id} {...chart} />
            ))}
          </div>
          {loved.length > 0 && (
            <section aria-labelledby="loved-title">
              <h4 id="loved-title">{t("Loved by the PRM, and wrong")}</h4>
              <RowList
                evaluated={evaluated}
                rows={loved}
                about={({ score, arm, budget }) =>
                  inARow([
                    t("score {score}", { score: formatScore(score!) }),
                    cellTitle(spec, arm, budget),
                  ])
                }
              />
            </section>
          )}
        </>
      )}
    </section>
  );
}

/** Of every problem the first row. */
function oncePerProblem(rows: readonly EvaluationRow[]): EvaluationRow[] {
  const seen = new Set<number>();
  return rows.filter(({ problem }) => !seen.has(problem) && seen.add(problem));
}
