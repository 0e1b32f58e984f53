import type { EvaluationSpec } from "../../../protocol/evaluations.ts";
import { formatCount } from "../../format.ts";
import { useEvaluated } from "../../state/evaluated.ts";
import { t } from "../../words/t.ts";
import { ArmMark } from "../accuracy/ArmMark.tsx";
import { budgetTitle, cellTitle, type Evaluated } from "../evaluated.ts";
import { UNIT_WORDS } from "../unit-words.ts";
import type { Optimal, TableEntry } from "./optimal.ts";

interface OptimalSectionProps {
  readonly evaluated: Evaluated;
  readonly optimal: Optimal | null;
  /** The family that it is learnt on; null: all. */
  readonly family: string | null;
}

/** Which strategy is best for which problem at which budget, and how sure that is. */
export function OptimalSection({ evaluated, optimal, family }: OptimalSectionProps) {
  const { spec } = evaluated.state;
  const budgets = [...new Set(optimal?.entries.map(({ budget }) => budget))];
  return (
    <section aria-labelledby="optimal-title">
      <header className="section-head">
        <h3 id="optimal-title">{t("What is best for which problem")}</h3>
      </header>
      {optimal === null ? (
        <p className="soft nothing">
          {t(
            "This table needs two strategies, best of N among them, and a dozen problems that are done.",
          )}
        </p>
      ) : (
        <>
          <p className="soft lead">{aboutWords(optimal, family)}</p>
          <div className="table-scroller">
            <table className="optimal">
              <thead>
                <tr>
                  <th scope="col">{t("Problems")}</th>
                  {budgets.map((budget) => (
                    <th key={budget} scope="col">
                      {budgetTitle(spec, budget)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {optimal.bins.map(({ bin, name, n }) => (
                  <tr key={bin}>
                    <th scope="row">
                      {name} <span className="soft">n = {formatCount(n)}</span>
                    </th>
                    {budgets.map((budget) => {
                      const entry = optimal.entries.find(
                        (each) => each.bin === bin && each.budget === budget,
                      );
                      return (
                        <td key={budget}>
                          {entry && <Best entry={entry} spec={spec} family={family} />}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <SavingWords optimal={optimal} />
        </>
      )}
    </section>
  );
}

function aboutWords({ pilot }: Optimal, family: string | null): string {
  return family === null
    ? t(
        "Problems are put into bins by how hard {pilot} found them. In each bin, at each budget, this strategy was right most often; the bar says in how many of 100 redraws of the problems it would be chosen again.",
        { pilot },
      )
    : t(
        "Problems of {family} are put into bins by how hard {pilot} found them. In each bin, at each budget, this strategy was right most often; the bar says in how many of 100 redraws of the problems it would be chosen again.",
        { family, pilot },
      );
}

interface BestProps {
  readonly entry: TableEntry;
  readonly spec: EvaluationSpec;
  readonly family: string | null;
}

function Best({ entry: { arm, budget, bin, accuracy, sure }, spec, family }: BestProps) {
  const share = Math.round(100 * sure);
  return (
    <button
      type="button"
      className="best"
      title={t("List its problems")}
      onClick={() => {
        useEvaluated.setState({ point: { arm, budget, bin, family } });
        document.getElementById("accuracy-title")?.scrollIntoView({ block: "start" });
      }}
    >
      <span className="who">
        <ArmMark arm={arm} /> {cellTitle(spec, arm, budget)}
      </span>
      <span className="soft">{t("{share} % right", { share: Math.round(100 * accuracy) })}</span>
      <span className="sure" data-sure={share >= 80}>
        <meter min={0} max={100} value={share} aria-hidden="true" />
        {t("{share} % sure", { share })}
      </span>
    </button>
  );
}

function SavingWords({ optimal: { saving } }: { optimal: Optimal }) {
  const unit = useEvaluated((view) => view.unit);
  if (saving === null) return null;
  const { than, times } = saving;
  const [low, value, high] = [times.low, times.value, times.high].map((each) => each.toFixed(1));
  return (
    <p className="saving" role="note">
      {times.value === 0
        ? t(
            "Learnt on one half of the problems and tried on the other, the table never gets as many right as {than}.",
            { than },
          )
        : t(
            times.low === 0
              ? "Learnt on one half of the problems and tried on the other, the table gets as many right as {than} for {times} times fewer {cost} (95 % interval {low} to {high}, where 0 means never)."
              : "Learnt on one half of the problems and tried on the other, the table gets as many right as {than} for {times} times fewer {cost} (95 % interval {low} to {high}).",
            { than, times: value!, cost: t(UNIT_WORDS[unit].noun), low: low!, high: high! },
          )}
    </p>
  );
}
