import { useView } from "../state/view.ts";
import { TreeCanvas } from "../tree/TreeCanvas.tsx";
import { TreeTwin } from "../tree-twin/TreeTwin.tsx";
import { Legend } from "./legend/Legend.tsx";
import { CameraButtons } from "./transport/CameraButtons.tsx";
import { Welcome } from "./welcome/Welcome.tsx";

/** The middle of the page: the tree, or what to do to see one. */
export function Stage() {
  const isOpen = useView((view) => view.runId !== null);
  return (
    <main className="stage">
      {isOpen ? (
        <>
          <TreeTwin />
          <TreeCanvas />
          <StageNotice />
          <Legend />
          <CameraButtons />
        </>
      ) : (
        <Welcome />
      )}
    </main>
  );
}

/** What stands where the tree would be, while there is none. */
function StageNotice() {
  const words = useView(({ connection, tree }) => {
    if (tree.count > 0) return null;
    switch (connection.state) {
      case "idle":
      case "live":
        return "Waiting for the first step …";
      case "connecting":
        return "Opening the run …";
      case "retrying":
        return "The connection is lost. It is tried again by itself.";
      case "ended":
        return "This run was interrupted before its first event.";
      case "failed":
        return connection.message;
    }
  });
  return words && <p className="stage-notice">{words}</p>;
}
