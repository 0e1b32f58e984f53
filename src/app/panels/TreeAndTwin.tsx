import { TreeCanvas } from "../tree/TreeCanvas.tsx";
import { TreeTwin } from "../tree-twin/TreeTwin.tsx";

/** The tree of the run that is open, drawn, and its twin for those who cannot see it. */
export function TreeAndTwin() {
  return (
    <>
      <TreeTwin />
      <TreeCanvas />
    </>
  );
}
