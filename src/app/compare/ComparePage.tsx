import "./compare.css";
import { useStore } from "zustand";
import { ScoreScale } from "../panels/legend/Legend.tsx";
import { MarksKey } from "../panels/legend/MarksKey.tsx";
import { Notice } from "../panels/Notice.tsx";
import { ShortText } from "../panels/ShortText.tsx";
import { useCompared } from "../state/compared.ts";
import { t } from "../words/t.ts";
import { BudgetNote } from "./BudgetNote.tsx";
import { Chooser } from "./Chooser.tsx";
import { CompareBar } from "./CompareBar.tsx";
import { CompareTime } from "./CompareTime.tsx";
import { listenToCompareKeys } from "./compare-keys.ts";
import type { ComparedRun } from "./compared-run.ts";
import { holdComparison, useComparison } from "./comparison.ts";
import { MergedView } from "./MergedView.tsx";
import { RunColumn } from "./RunColumn.tsx";
import { useAhead } from "./use-ahead.ts";

/** Two to four searches, on one playhead. */
export function ComparePage() {
  const isChosen = useCompared((view) => view.runs.length > 0);
  return (
    <main className="compare-page" ref={mountComparison}>
      <h2 className="unseen">{t("Compare searches")}</h2>
      {isChosen ? <Comparison /> : <Chooser />}
    </main>
  );
}

/** The runs are open for as long as the page is there. */
function mountComparison(): () => void {
  const close = holdComparison();
  const deafen = listenToCompareKeys();
  return () => {
    deafen();
    close();
  };
}

function Comparison() {
  const runs = useComparison((state) => state.runs);
  const layout = useCompared((view) => view.layout);
  const [first] = runs;
  if (first === undefined) return null;
  return (
    <>
      <header className="compare-head">
        <ProblemOf run={first} />
        <BudgetNote />
      </header>
      <CompareBar />
      {layout === "merged" ? <MergedView runs={runs} /> : <Columns runs={runs} />}
      <section className="stage-bar legend" aria-label={t("Legend")}>
        <ScoreScale cut={null} />
        <MarksKey />
      </section>
      <CompareTime />
      <Notice />
    </>
  );
}

function ProblemOf({ run }: { run: ComparedRun }) {
  const { tree } = useStore(run.moment);
  return <ShortText className="mono problem" text={tree.started?.problem.text ?? "…"} />;
}

function Columns({ runs }: { runs: readonly ComparedRun[] }) {
  const isAhead = useAhead(runs);
  return (
    <div className="run-columns" data-count={runs.length}>
      {runs.map((run, i) => (
        <RunColumn key={run.id} run={run} index={i} isAhead={isAhead[i] ?? false} />
      ))}
    </div>
  );
}
