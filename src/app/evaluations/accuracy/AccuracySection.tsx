import { useMemo } from "react";
import { Segments } from "../../panels/view-bar/Segments.tsx";
import { UNITS, useEvaluated } from "../../state/evaluated.ts";
import { inARow } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";
import type { Evaluated } from "../evaluated.ts";
import type { Optimal } from "../optimal/optimal.ts";
import { partsOf } from "../problems/parts.ts";
import { UNIT_WORDS } from "../unit-words.ts";
import { CostFigure } from "./CostFigure.tsx";
import { costChart, frameOf } from "./cost-chart.ts";
import { PointProblems } from "./PointProblems.tsx";

interface AccuracySectionProps {
  readonly evaluated: Evaluated;
  readonly optimal: Optimal | null;
}

/** Accuracy against cost, one line per strategy, and the problems behind each point. */
export function AccuracySection({ evaluated, optimal }: AccuracySectionProps) {
  const unit = useEvaluated((view) => view.unit);
  return (
    <section aria-labelledby="accuracy-title">
      <header className="section-head">
        <h3 id="accuracy-title">{t("Accuracy against cost")}</h3>
        <Segments
          label={t("Cost in")}
          segments={UNITS.map((value) => {
            const { words, title } = UNIT_WORDS[value];
            return { value, words: t(words), title: t(title) };
          })}
          value={unit}
          onChoose={(chosen) => useEvaluated.setState({ unit: chosen })}
          className="units-choice"
        />
      </header>
      <Charts evaluated={evaluated} optimal={optimal} />
      <PointProblems evaluated={evaluated} />
    </section>
  );
}

function Charts({ evaluated, optimal }: AccuracySectionProps) {
  const unit = useEvaluated((view) => view.unit);
  const family = useEvaluated((view) => view.family);
  const bin = useEvaluated((view) => view.bin);
  const isOracle = useEvaluated((view) => view.isOracle);
  const { charts, frame } = useMemo(() => {
    const parts = partsOf(evaluated, { family, bin, isOracle });
    const { spec } = evaluated.state;
    const curve = bin === null && family !== "each" ? (optimal?.curve ?? null) : null;
    const of = parts.map((part) => costChart(part, { spec, unit, curve }));
    return { charts: of, frame: frameOf(of, unit) };
  }, [evaluated, family, bin, isOracle, unit, optimal]);
  if (frame === null) return <p className="soft nothing">{nothingWords(charts.length, bin)}</p>;
  const free = new Set(charts.flatMap((chart) => chart.free));
  return (
    <>
      <div className="cost-figures" data-count={charts.length}>
        {charts.map((chart) => (
          <CostFigure
            key={chart.part.title}
            chart={chart}
            frame={frame}
            isLarge={charts.length === 1}
          />
        ))}
      </div>
      <p className="soft chart-note">
        {evaluated.state.spec.seeds.length > 1
          ? t("Bands are 95 % intervals. Press a point to list its problems.")
          : t("Bands are 95 % intervals (Wilson). Press a point to list its problems.")}{" "}
        {free.size > 0 &&
          t("Without a cost on this axis, and so not on it: {strategies}.", {
            strategies: inARow([...free]),
          })}
      </p>
    </>
  );
}

function nothingWords(charts: number, bin: unknown): string {
  if (charts > 0) return t("None of these runs has a cost in this unit.");
  if (bin !== null) {
    return t(
      "How hard a problem is is told by samples of it: that needs best of N among the strategies, or majority where the right answers tell.",
    );
  }
  return t("No problem can be graded yet.");
}
