import "./mirror.css";
import { useView } from "../../state/view.ts";
import { TreeCanvas } from "../../tree/TreeCanvas.tsx";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { judgeName, NOBODY } from "./judge-words.ts";
import { holdMirror, mirrorPane } from "./mirror-pane.ts";
import { toggleMirror } from "./toggle-mirror.ts";
import { useJudgements } from "./use-judgements.ts";
import { useLight } from "./use-light.ts";

/** The tree once more, turned around to face the first, as the other judge sees it; and between them who they are. */
export function MirrorView({ inert }: { readonly inert: boolean }) {
  const { tree, other, rows } = useJudgements();
  const isLit = useView(({ judging }) => judging.isLit);
  const colorBy = useView((view) => view.colorBy);
  const light = useLight(rows, isLit);
  return (
    <>
      <section className="mirror-line" aria-label={t("Two judges, face to face")} ref={light}>
        <span className="judge">{judgeName(tree, colorBy)}</span>
        <button
          type="button"
          className="icon"
          aria-label={t("Leave the mirror")}
          title={t("Leave the mirror (Esc)")}
          onClick={toggleMirror}
        >
          <Icon name="cross" />
        </button>
        <span className="judge">{other === undefined ? "…" : judgeName(tree, other)}</span>
      </section>
      <section
        className="tree-frame mirror-frame"
        aria-label={
          other === undefined
            ? t("Mirror")
            : t("The same tree as the other judge sees it: {judge}", {
                judge: judgeName(tree, other),
              })
        }
        inert={inert}
        ref={holdMirror}
      >
        <TreeCanvas pane={mirrorPane} />
        {other === undefined && tree.started !== null && <p className="soft nobody">{t(NOBODY)}</p>}
      </section>
    </>
  );
}
