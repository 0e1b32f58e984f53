import { msg } from "../../../lib/said.ts";
import { formatScore } from "../../format.ts";
import { setBrush, setFilter } from "../../state/actions.ts";
import { litNodes } from "../../state/lit-nodes.ts";
import type { Filter } from "../../state/reading.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { ScoreRange } from "../legend/ScoreRange.tsx";
import { useMoment } from "../moment.ts";

type Facet = Filter["statuses"] extends ReadonlySet<infer T> ? T : never;

const FACETS: readonly { label: string; values: readonly { value: Facet; words: string }[] }[] = [
  {
    label: msg("Status"),
    values: [
      { value: "open", words: msg("Open") },
      { value: "kept", words: msg("Kept") },
      { value: "pruned", words: msg("Pruned") },
    ],
  },
  {
    label: msg("Answer"),
    values: [
      { value: "right", words: msg("Right") },
      { value: "wrong", words: msg("Wrong") },
      { value: "unknown", words: msg("Not checked") },
    ],
  },
];

const NOTHING: Filter = { scores: null, statuses: new Set() };

/** What is lit, and how much of the tree that is. */
export function FilterFields() {
  const filter = useView((view) => view.filter);
  const brush = useView((view) => view.brush);
  const { scores, statuses } = filter ?? NOTHING;
  return (
    <>
      <p className="soft">{t("What does not pass is dimmed.")}</p>
      <div className="view-option">
        <span className="soft">{t("Scores")}</span>
        <ScoreRange
          range={scores ?? [0, 1]}
          onChange={([low, high]) =>
            change({ scores: low === 0 && high === 1 ? null : [low, high] })
          }
        />
        <small className="soft">
          {scores === null
            ? t("Any score, and none")
            : t("From {low} to {high}", {
                low: formatScore(scores[0]),
                high: formatScore(scores[1]),
              })}
        </small>
      </div>
      {FACETS.map(({ label, values }) => (
        <fieldset key={label} className="view-option">
          <legend className="soft">{t(label)}</legend>
          <div className="chips">
            {values.map(({ value, words }) => (
              <label key={value} className="chip">
                <input
                  type="checkbox"
                  checked={statuses.has(value)}
                  onChange={() => change({ statuses: toggled(statuses, value) })}
                />
                {t(words)}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {brush !== null && (
        <div className="view-option filter-brush">
          <span>{t("Events {from} to {to}", { from: brush[0], to: brush[1] })}</span>
          <button type="button" className="link" onClick={() => setBrush(null)}>
            {t("Any time")}
          </button>
        </div>
      )}
      <FilterCount />
      <button
        type="button"
        className="outlined"
        disabled={filter === null && brush === null}
        onClick={() => {
          setFilter(null);
          setBrush(null);
        }}
      >
        {t("Light everything")}
      </button>
    </>
  );
}

/** How many nodes of those that are there are lit. */
function FilterCount() {
  const find = useView((view) => view.find);
  const filter = useView((view) => view.filter);
  const brush = useView((view) => view.brush);
  const { tree, at } = useMoment();
  const there = tree.countAt(at);
  const lit = litNodes({ tree, at, find, filter, brush, among: null });
  return (
    <p role="status" className="soft">
      {lit === null
        ? t("All {count} nodes are lit.", { count: there })
        : t("{lit} of {count} nodes are lit.", { lit: countOnes(lit, there), count: there })}
    </p>
  );
}

function countOnes(lit: Uint8Array, end: number): number {
  let count = 0;
  for (let node = 0; node < end; node++) count += lit[node]!;
  return count;
}

function change(to: Partial<Filter>): void {
  const next = { ...(useView.getState().filter ?? NOTHING), ...to };
  setFilter(next.scores === null && next.statuses.size === 0 ? null : next);
}

function toggled(statuses: ReadonlySet<Facet>, value: Facet): ReadonlySet<Facet> {
  const next = new Set(statuses);
  if (!next.delete(value)) next.add(value);
  return next;
}
