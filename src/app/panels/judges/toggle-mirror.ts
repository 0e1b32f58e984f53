import { setColorBy, setJudging } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { showTab } from "../page.ts";

/** Shows the tree twice, face to face, as two judges see it, what they disagree on lit; or once again. */
export function toggleMirror(): void {
  if (useView.getState().judging.isMirrored) {
    setJudging({ isMirrored: false });
    return;
  }
  setColorBy("search");
  setJudging({ isMirrored: true, isLit: true });
  showTab("tree");
}
