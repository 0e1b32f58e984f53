import "./budget.css";
import { formatCount, formatDuration } from "../../format.ts";
import { t } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { readUnits, type Unit } from "./units.ts";

/** What the run had spent at the moment that is shown: in a line, and opened in all its units. */
export function BudgetPanel() {
  const { tree, at } = useMoment();
  if (tree.started === null) return null;
  const units = readUnits(tree, at);
  return (
    <section className="panel budget" aria-labelledby="budget-title">
      <details>
        <summary>
          <h2 id="budget-title">{t("Budget")}</h2>
          <span className="in-short">{inShort(units)}</span>
        </summary>
        <dl className="units">
          {units.map((unit) => (
            <UnitRow key={unit.name} unit={unit} />
          ))}
        </dl>
        <p className="soft">{t("spent by event {event}", { event: at })}</p>
      </details>
    </section>
  );
}

function UnitRow({ unit: { name, about, spent, limit, kind } }: { unit: Unit }) {
  const format = kind === "ms" ? formatDuration : formatCount;
  return (
    <div title={t(about)}>
      <dt>{t(name)}</dt>
      <dd>
        {format(spent)}
        {limit !== null && (
          <span className="soft"> {t("of {limit}", { limit: format(limit) })}</span>
        )}
      </dd>
      {limit !== null && (
        <dd className="meter-cell">
          <meter
            min={0}
            max={limit}
            value={Math.min(spent, limit)}
            aria-label={t("{unit} spent", { unit: t(name) })}
          />
        </dd>
      )}
    </div>
  );
}

/** What was spent as the line has it: three units, and those that have a limit. */
function inShort(units: readonly Unit[]): string {
  return units
    .filter(({ isMain, limit }) => isMain || limit !== null)
    .map(spentWords)
    .join(" · ");
}

function spentWords({ spent, limit, kind, counted }: Unit): string {
  const format = kind === "ms" ? formatDuration : formatCount;
  const most = limit ?? spent;
  const amount = counted === null ? format(most) : counted(most);
  if (limit === null) return amount;
  return t("{spent} of {limit}", { spent: format(spent), limit: amount });
}
