import "./similar.css";
import { useMemo, useReducer, useState } from "react";
import { useView } from "../../state/view.ts";
import { StepClasses } from "../../step-classes.ts";
import { t, tCount } from "../../words/t.ts";
import { measured, useSlowMoment } from "../side/slow-moment.ts";
import { type ClassSums, sumClasses } from "./read-similar.ts";
import { SimilarTable } from "./SimilarTable.tsx";
import { MOST_ROWS, type SimilarList, type SimilarOrder, similarRows } from "./similar-rows.ts";

/** The same step wherever it was sampled: how often, under how many prefixes, and how well it went. */
export function SimilarPanel() {
  const runId = useView((view) => view.runId);
  return (
    <section className="panel similar" aria-labelledby="similar-title">
      {runId === null ? (
        <>
          <header>
            <h2 id="similar-title">{t("Similar steps")}</h2>
          </header>
          <p className="soft">
            {t(
              "Models repeat themselves. Here stand the steps that were sampled more than once: how often, how they were scored, and how often they ended right.",
            )}
          </p>
        </>
      ) : (
        <Similar key={runId} />
      )}
    </section>
  );
}

/** Events that are read at once: some 50 ms of work. */
const MOST_EVENTS = 100_000;

function Similar() {
  const [order, setOrder] = useState<SimilarOrder>("count");
  const [query, setQuery] = useState("");
  const [classes] = useState(() => new StepClasses());
  const [, readOn] = useReducer((turns: number) => turns + 1, 0);
  const { tree, version, at } = useSlowMoment();
  const left = classes.update(tree, MOST_EVENTS);
  const sums = useMemo(
    () => (left > 0 ? null : measured(() => ({ version, ...sumClasses(tree, classes, at) }))),
    [tree, version, at, classes, left],
  );
  const list = useMemo(
    () => sums && measured(() => similarRows(sums, classes, { order, query })),
    [sums, classes, order, query],
  );
  if (sums === null || list === null) {
    return <Reading share={1 - left / (tree.seq + 1)} onRest={readOn} />;
  }
  return (
    <>
      <header>
        <h2 id="similar-title">{t("Similar steps")}</h2>
        <span className="soft end">{countWords(sums)}</span>
      </header>
      <input
        type="search"
        placeholder={t("Only steps that contain")}
        aria-label={t("Only steps that contain")}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {list.rows.length > 0 && (
        <SimilarTable {...{ tree, at, classes, order }} rows={list.rows} onOrder={setOrder} />
      )}
      <p className="soft" role="status">
        {shownWords(list, query)}
      </p>
    </>
  );
}

/** Shown while a long run is read in parts; asks for the next one when this one is on screen. */
function Reading({ share, onRest }: { share: number; onRest: () => void }) {
  return (
    <>
      <header>
        <h2 id="similar-title">{t("Similar steps")}</h2>
      </header>
      <p
        className="soft"
        ref={() => {
          const timer = setTimeout(onRest);
          return () => clearTimeout(timer);
        }}
      >
        {t("Reading the steps: {percent} %", { percent: Math.floor(100 * share) })}
      </p>
    </>
  );
}

function countWords({ steps, classes, tree }: ClassSums): string {
  return tree.unit === "token"
    ? tCount(steps, "{count} token, {classes} different", "{count} tokens, {classes} different", {
        classes,
      })
    : tCount(steps, "{count} step, {classes} different", "{count} steps, {classes} different", {
        classes,
      });
}

function shownWords({ rows, found }: SimilarList, query: string): string {
  if (found === 0)
    return t(query === "" ? "No step has been proposed yet." : "No step contains that.");
  return found > MOST_ROWS
    ? t("Showing {shown} of {count}.", { shown: rows.length, count: found })
    : "";
}
