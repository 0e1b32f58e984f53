import { useStore } from "zustand";
import { MathText } from "../panels/node/MathText.tsx";
import { readNode } from "../panels/node/read-node.ts";
import { StatusWord } from "../panels/node/StatusWord.tsx";
import { ScoreBar } from "../panels/ScoreBar.tsx";
import { useCompared } from "../state/compared.ts";
import { contextText } from "../token-text.ts";
import { nodeTitle } from "../words/node-words.ts";
import { t } from "../words/t.ts";
import type { ComparedRun } from "./compared-run.ts";

/** What became of the selected prefix in this run. */
export function PickedStep({ run }: { run: ComparedRun }) {
  const { tree, at } = useStore(run.moment);
  const node = useStore(run.pane.view, (view) => view.selected);
  const isPicked = useCompared((view) => view.pick !== null);
  if (!isPicked) {
    return (
      <p className="picked soft hint">{t("Select a step to see what became of it in each run.")}</p>
    );
  }
  if (node === null || node >= tree.count || tree.announcedSeq[node]! > at) {
    return <p className="picked soft">{t("This run has not tried this step after these.")}</p>;
  }
  const facts = readNode(tree, node, at);
  return (
    <div className="picked">
      <span className="soft">{nodeTitle(tree, facts.depth)}</span>
      <ScoreBar score={facts.score} />
      <StatusWord facts={facts} />
      <span className="picked-text mono">
        <MathText
          text={node === 0 ? (tree.started?.problem.text ?? "") : contextText(tree, node, 60)}
        />
      </span>
    </div>
  );
}
