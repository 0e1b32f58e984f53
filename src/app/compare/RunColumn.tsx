import { useCallback } from "react";
import { useStore } from "zustand";
import { Icon } from "../panels/Icon.tsx";
import { showTab } from "../panels/page.ts";
import { ShortText } from "../panels/ShortText.tsx";
import { runStatus } from "../panels/top-bar/run-status.ts";
import { openRun } from "../state/actions.ts";
import { useCompared } from "../state/compared.ts";
import { onTouch } from "../tree/on-touch.ts";
import { TreeCanvas } from "../tree/TreeCanvas.tsx";
import { TreeTwin } from "../tree-twin/TreeTwin.tsx";
import { t } from "../words/t.ts";
import type { ComparedRun } from "./compared-run.ts";
import { lead } from "./comparison.ts";
import { letterOf } from "./letters.ts";
import { PickedStep } from "./PickedStep.tsx";
import { runWords } from "./run-words.ts";
import { ScoreStrip } from "./ScoreStrip.tsx";

interface RunColumnProps {
  run: ComparedRun;
  index: number;
  isAhead: boolean;
}

/** One of the compared runs: how it stands, its tree, and what is selected of it. */
export function RunColumn({ run, index, isAhead }: RunColumnProps) {
  const { tree } = useStore(run.moment);
  const letter = letterOf(index);
  const { started } = tree;
  const name = started === null ? "…" : runWords(started);
  const mount = useCallback(
    (element: HTMLElement) => onTouch(element, () => lead(run.id)),
    [run.id],
  );
  return (
    <section className="run-column" aria-label={`${letter}: ${name}`} ref={mount}>
      <header>
        <span className="letter" aria-hidden="true">
          {letter}
        </span>
        <h3 title={started?.problem.text}>{name}</h3>
        <RunState run={run} />
        <button
          type="button"
          className="icon"
          aria-label={t("Open {run} alone", { run: letter })}
          title={t("Open this run alone, with all its panels")}
          onClick={() => {
            openRun(run.id);
            showTab("tree");
          }}
        >
          <Icon name="fit" />
        </button>
        <button
          type="button"
          className="icon"
          aria-label={t("Take {run} out", { run: letter })}
          title={t("Take this run out of the comparison")}
          onClick={() => takeOut(run.id)}
        >
          <Icon name="cross" />
        </button>
      </header>
      <ScoreStrip moment={run.moment} isAhead={isAhead} />
      <div className="tree-frame">
        <TreeTwin
          pane={run.pane}
          moment={run.moment}
          label={t("Search tree of {run}", { run: letter })}
        />
        <TreeCanvas pane={run.pane} />
      </div>
      <PickedStep run={run} />
    </section>
  );
}

function RunState({ run }: { run: ComparedRun }) {
  const connection = useStore(run.pane.view, (view) => view.connection);
  const { tree } = useStore(run.moment);
  const facts = { connection, seq: tree.seq, ending: tree.ending, paused: tree.pausedAt() };
  const { word, more, tone } = runStatus({ ...facts, server: null, error: null });
  return (
    <span className="run-state" data-tone={tone}>
      {word}
      {more !== null && tone !== "good" && (
        <ShortText className="soft" text={` ${more}`} cap={120} />
      )}
    </span>
  );
}

function takeOut(id: string): void {
  const { runs } = useCompared.getState();
  useCompared.setState({ runs: runs.filter((run) => run !== id), pick: null, lit: null });
}
