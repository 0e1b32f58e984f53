import "./judges.css";
import { useCallback, useMemo, useState } from "react";
import { formatShare } from "../../format.ts";
import { focusNode, select } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t, tCount } from "../../words/t.ts";
import { ShortText } from "../ShortText.tsx";
import { measured, useSlowMoment } from "../side/slow-moment.ts";
import { Segments } from "../view-bar/Segments.tsx";
import { lightOnly } from "./light-only.ts";
import { disagreements, type Judgements, type Other, othersOf, readJudges } from "./read-judges.ts";
import { TwoBars } from "./TwoBars.tsx";

/** Rows that are shown. */
const MOST_ROWS = 100;

/** The search's verifier beside another judge: where they disagree, and how well they agree. */
export function JudgesPanel() {
  const runId = useView((view) => view.runId);
  return (
    <section className="panel judges" aria-labelledby="judges-title">
      <header>
        <h2 id="judges-title">{t("Two judges")}</h2>
      </header>
      {runId === null ? (
        <p className="soft">
          {t(
            "Here the verifier is held against the exact checker, or against a second verifier: where they disagree, and how well they agree.",
          )}
        </p>
      ) : (
        <Judges key={runId} />
      )}
    </section>
  );
}

function Judges() {
  const { tree, version, at } = useSlowMoment();
  const [chosen, setChosen] = useState<Other | null>(null);
  const [gap, setGap] = useState(0.5);
  const [isLit, setLit] = useState(false);
  const others = othersOf(tree);
  const other = others.find((one) => one === chosen) ?? others[0];
  const judged = useMemo(
    // The tree is filled in place: its version says that it changed.
    () =>
      other === undefined ? null : measured(() => ({ version, ...readJudges(tree, at, other) })),
    [tree, version, at, other],
  );
  const rows = useMemo(() => disagreements(judged?.all ?? [], gap), [judged, gap]);
  const light = useCallback(
    () =>
      isLit
        ? lightOnly(
            rows.map(({ node }) => node),
            tree.count,
          )
        : undefined,
    [isLit, rows, tree],
  );
  if (judged === null || other === undefined) {
    return (
      <p className="soft">
        {t(
          "Nobody else judges this run: no checker knows its problem, and it has no second verifier.",
        )}
      </p>
    );
  }
  return (
    <>
      {others.length > 1 && (
        <Segments
          label={t("Held against")}
          segments={[
            { value: "checker", words: t("Checker"), title: t("The exact checker of the problem") },
            { value: "second", words: t("Second verifier"), title: t("The run's second verifier") },
          ]}
          value={other}
          onChoose={setChosen}
        />
      )}
      <p role="status">{agreementWords(judged)}</p>
      <label className="gap">
        {t("Apart by")}
        <input
          type="range"
          min={0.05}
          max={1}
          step={0.05}
          value={gap}
          onChange={({ currentTarget }) => setGap(Number(currentTarget.value))}
        />
        <span className="soft">{gap.toFixed(2)}</span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={isLit}
          onChange={({ currentTarget }) => setLit(currentTarget.checked)}
        />
        {t("Light these in the tree")}
      </label>
      <p className="soft">
        {tCount(
          judged.all.length,
          "{apart} of {count} step that both have judged",
          "{apart} of {count} steps that both have judged",
          { apart: rows.length },
        )}
        {judged.left > 0 && ` ${t("{count} more were not checked.", { count: judged.left })}`}
      </p>
      <ol className="two-judges" ref={light} aria-label={t("Disagreements")}>
        {rows.slice(0, MOST_ROWS).map((row) => (
          <li key={row.node}>
            <button
              type="button"
              onClick={() => {
                select(row.node);
                focusNode(row.node);
              }}
            >
              <ShortText className="mono step" text={tree.step(row.node)} cap={60} />
              <TwoBars {...row} />
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

function agreementWords({ other, all, agreement }: Judgements): string {
  if (all.length === 0) return t("Nothing has been judged by both yet.");
  if (agreement === null) {
    return other === "checker"
      ? t("So far all is right, or all is wrong: there is nothing to put in order.")
      : t("One of them says always the same.");
  }
  return other === "checker"
    ? t("The verifier puts {share} of all pairs of a right and a wrong prefix in order (AUC).", {
        share: formatShare(agreement),
      })
    : t("Their scores correlate with r = {r}.", { r: agreement.toFixed(2) });
}
