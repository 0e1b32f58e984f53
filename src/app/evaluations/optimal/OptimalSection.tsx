import { titleOfCell } from "../../../protocol/evaluation-runs.ts";
import type { EvaluationSpec } from "../../../protocol/evaluations.ts";
import { formatCount } from "../../format.ts";
import { useEvaluated } from "../../state/evaluated.ts";
import { ArmMark } from "../accuracy/ArmMark.tsx";
import { budgetTitle, type Evaluated } from "../evaluated.ts";
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
        <h3 id="optimal-title">What is best for which problem</h3>
      </header>
      {optimal === null ? (
        <p className="soft nothing">
          This table needs two strategies, best of N among them, and a dozen problems that are done.
        </p>
      ) : (
        <>
          <p className="soft lead">{aboutWords(optimal, family)}</p>
          <div className="table-scroller">
            <table className="optimal">
              <thead>
                <tr>
                  <th scope="col">Problems</th>
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
  const of = family === null ? "" : ` of ${family}`;
  return `Problems${of} are put into bins by how hard ${pilot} found them. In each bin, at each budget, this strategy was right most often; the bar says in how many of 100 redraws of the problems it would be chosen again.`;
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
      title="List its problems"
      onClick={() => {
        useEvaluated.setState({ point: { arm, budget, bin, family } });
        document.getElementById("accuracy-title")?.scrollIntoView({ block: "start" });
      }}
    >
      <span className="who">
        <ArmMark arm={arm} /> {titleOfCell(spec, arm, budget)}
      </span>
      <span className="soft">{Math.round(100 * accuracy)} % right</span>
      <span className="sure" data-sure={share >= 80}>
        <meter min={0} max={100} value={share} aria-hidden="true" />
        {share} % sure
      </span>
    </button>
  );
}

function SavingWords({ optimal: { saving } }: { optimal: Optimal }) {
  const unit = useEvaluated((view) => view.unit);
  if (saving === null) return null;
  const { than, times } = saving;
  const [low, value, high] = [times.low, times.value, times.high].map((each) => each.toFixed(1));
  const cost = UNIT_WORDS[unit].after || "time";
  return (
    <p className="saving" role="note">
      {times.value === 0
        ? `Learnt on one half of the problems and tried on the other, the table never gets as many right as ${than}.`
        : `Learnt on one half of the problems and tried on the other, the table gets as many right as ${than} for ${value} times fewer ${cost} (95 % interval ${low} to ${high}${times.low === 0 ? ", where 0 means never" : ""}).`}
    </p>
  );
}
