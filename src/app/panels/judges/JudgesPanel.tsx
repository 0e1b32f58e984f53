import "./judges.css";
import { formatShare } from "../../format.ts";
import { focusNode, select, setJudging } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t, tCount } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { ShortText } from "../ShortText.tsx";
import { Segments } from "../view-bar/Segments.tsx";
import { NOBODY } from "./judge-words.ts";
import type { Judgements } from "./read-judges.ts";
import { TwoBars } from "./TwoBars.tsx";
import { toggleMirror } from "./toggle-mirror.ts";
import { useJudgements } from "./use-judgements.ts";
import { useLight } from "./use-light.ts";

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
        <Judges />
      )}
    </section>
  );
}

function Judges() {
  const { tree, others, other, judged, rows } = useJudgements();
  const { gap, isLit, isMirrored } = useView((view) => view.judging);
  const light = useLight(rows, isLit && !isMirrored);
  if (judged === null || other === undefined) return <p className="soft">{t(NOBODY)}</p>;
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
          onChoose={(against) => setJudging({ against })}
        />
      )}
      <p role="status">{agreementWords(judged)}</p>
      <button
        type="button"
        className="mirror-switch"
        aria-pressed={isMirrored}
        title={t("The tree twice, face to face, as each of them sees it")}
        onClick={toggleMirror}
      >
        <Icon name="mirror" />
        {t("Mirror")}
      </button>
      <label className="gap">
        {t("Apart by")}
        <input
          type="range"
          min={0.05}
          max={1}
          step={0.05}
          value={gap}
          onChange={({ currentTarget }) => setJudging({ gap: Number(currentTarget.value) })}
        />
        <span className="soft">{gap.toFixed(2)}</span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={isLit}
          onChange={({ currentTarget }) => setJudging({ isLit: currentTarget.checked })}
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
