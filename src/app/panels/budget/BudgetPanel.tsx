import "./budget.css";
import { formatCount, formatDuration } from "../../format.ts";
import { useMoment } from "../moment.ts";
import { readUnits, type Unit } from "./units.ts";

/** What the run had spent at the moment that is shown, in four units. */
export function BudgetPanel() {
  const { tree, at } = useMoment();
  const isBegun = tree.started !== null;
  return (
    <section className="panel budget" aria-labelledby="budget-title">
      <header>
        <h2 id="budget-title">Budget</h2>
        {isBegun && <span className="soft end">spent by event {formatCount(at)}</span>}
      </header>
      {isBegun ? (
        <dl className="units">
          {readUnits(tree, at).map((unit) => (
            <UnitRow key={unit.name} unit={unit} />
          ))}
        </dl>
      ) : (
        <p className="soft">What a run spends: solutions, tokens, PRM calls and time.</p>
      )}
    </section>
  );
}

function UnitRow({ unit: { name, about, spent, limit, kind } }: { unit: Unit }) {
  const format = kind === "ms" ? formatDuration : formatCount;
  return (
    <div title={about}>
      <dt>{name}</dt>
      <dd>
        {format(spent)}
        {limit !== null && <span className="soft">{` of ${format(limit)}`}</span>}
      </dd>
      {limit !== null && (
        <dd className="meter-cell">
          <meter min={0} max={limit} value={Math.min(spent, limit)} aria-label={`${name} spent`} />
        </dd>
      )}
    </div>
  );
}
