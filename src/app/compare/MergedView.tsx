import "./merged.css";
import { useStore } from "zustand";
import { Segments } from "../panels/view-bar/Segments.tsx";
import { useCompared } from "../state/compared.ts";
import { TreeCanvas } from "../tree/TreeCanvas.tsx";
import { TreeTwin } from "../tree-twin/TreeTwin.tsx";
import { inARow } from "../words/node-words.ts";
import { t } from "../words/t.ts";
import type { ComparedRun } from "./compared-run.ts";
import { letterOf } from "./letters.ts";
import { holdMerged, light, mergedPane, useMerged } from "./merged.ts";
import { PartingList } from "./PartingList.tsx";
import { PickedStep } from "./PickedStep.tsx";
import { runWords } from "./run-words.ts";
import { ScoreStrip } from "./ScoreStrip.tsx";
import { useAhead } from "./use-ahead.ts";

/** The compared runs as one tree: what they have in common once, and where they part. */
export function MergedView({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const trouble = useMerged((state) => state.trouble);
  const { pane, moment } = mergedPane();
  const isAhead = useAhead(runs);
  const letters = inARow(runs.map((_, run) => letterOf(run)));
  return (
    <div className="merged-view" ref={holdMerged}>
      <section className="tree-frame" aria-label={t("Merged tree of {runs}", { runs: letters })}>
        {trouble === null ? (
          <>
            <TreeTwin
              pane={pane}
              moment={moment}
              label={t("Merged tree of {runs}", { runs: letters })}
            />
            <TreeCanvas pane={pane} />
          </>
        ) : (
          <p className="soft no-merge">
            {trouble === "problems"
              ? t("These runs are of different problems: they have no steps in common.")
              : t(
                  "One of these runs goes step by step, another token by token: they have no nodes in common.",
                )}
          </p>
        )}
      </section>
      <aside className="merged-side">
        <LitRun count={runs.length} />
        {runs.map((run, i) => (
          <MergedRun key={run.id} run={run} index={i} isAhead={isAhead[i] ?? false} />
        ))}
        <PartingList />
      </aside>
    </div>
  );
}

function LitRun({ count }: { readonly count: number }) {
  const lit = useCompared((view) => view.lit);
  const runs = Array.from({ length: count }, (_, run) => letterOf(run));
  return (
    <Segments
      label={t("Lit")}
      segments={[
        { value: "all", words: t("All"), title: t("Every step of every run") },
        ...runs.map((letter) => ({
          value: letter,
          words: letter,
          title: t("The steps and the choice of {run}; the others are dimmed", { run: letter }),
        })),
      ]}
      value={lit === null ? "all" : letterOf(lit)}
      onChoose={(value) => light(value === "all" ? null : runs.indexOf(value))}
    />
  );
}

interface MergedRunProps {
  readonly run: ComparedRun;
  readonly index: number;
  readonly isAhead: boolean;
}

function MergedRun({ run, index, isAhead }: MergedRunProps) {
  const { tree } = useStore(run.moment);
  const letter = letterOf(index);
  const name = tree.started === null ? "…" : runWords(tree.started);
  return (
    <section className="merged-run" aria-label={`${letter}: ${name}`}>
      <h3>
        <span className="letter" aria-hidden="true">
          {letter}
        </span>
        {name}
      </h3>
      <ScoreStrip moment={run.moment} isAhead={isAhead} />
      <PickedStep run={run} />
    </section>
  );
}
