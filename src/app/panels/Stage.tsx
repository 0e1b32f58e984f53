import "./stage.css";
import { useView } from "../state/view.ts";
import { TreeCanvas } from "../tree/TreeCanvas.tsx";
import { TreeTwin } from "../tree-twin/TreeTwin.tsx";
import { Legend } from "./legend/Legend.tsx";
import { StageNotice } from "./StageNotice.tsx";
import { CameraButtons } from "./transport/CameraButtons.tsx";
import { Welcome } from "./welcome/Welcome.tsx";

/** The middle of the page: the tree and what its marks mean, or what to do to see one. */
export function Stage() {
  const isOpen = useView((view) => view.runId !== null);
  if (!isOpen) {
    return (
      <section className="stage" aria-label="Tree">
        <Welcome />
      </section>
    );
  }
  return (
    <section className="stage" aria-label="Tree">
      <div className="tree-frame">
        <TreeTwin />
        <TreeCanvas />
        <StageNotice />
      </div>
      <div className="stage-bar">
        <Legend />
        <CameraButtons />
      </div>
    </section>
  );
}
