import "./node.css";
import { Suspense } from "react";
import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { NodeDetails } from "../later.ts";
import { useMoment } from "../moment.ts";

/** The selected node: its whole prefix, its score, and what became of it. */
export function NodePanel() {
  const wanted = useView((view) => view.selected);
  const selected = useMoment((moment) => nodeIfThere(moment, wanted));
  const isOpen = useView((view) => view.runId !== null);
  return (
    <section className="panel node-panel" aria-labelledby="node-title">
      {selected === null ? (
        <>
          <header>
            <h2 id="node-title">{t("Node")}</h2>
          </header>
          <p className="soft">
            {isOpen
              ? t(
                  "Select a node of the tree, with the mouse or the arrow keys, to read its steps, their scores, and why it was kept or pruned.",
                )
              : t(
                  "Here you read the steps of a node, their scores, and why it was kept or pruned.",
                )}
          </p>
        </>
      ) : (
        <Suspense>
          <NodeDetails node={selected} />
        </Suspense>
      )}
    </section>
  );
}

/** The node if it is there at the moment that is shown. */
function nodeIfThere({ tree, at }: { tree: Tree; at: number }, node: NodeId | null): NodeId | null {
  if (node === null || node >= tree.count) return null;
  const announced = tree.announcedSeq[node]!;
  return announced >= 0 && announced <= at ? node : null;
}
