import { useView } from "../state/view.ts";

/** What stands where the tree would be, while there is none. */
export function StageNotice() {
  const words = useView(({ connection, tree }) => {
    if (tree.count === 1 && tree.pausedAt()) {
      return "Paused before the first step: press Step event or Resume search.";
    }
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
