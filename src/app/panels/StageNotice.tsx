import { closeRun } from "../state/actions.ts";
import { useView, type View } from "../state/view.ts";
import { t } from "../words/t.ts";
import { ShortText } from "./ShortText.tsx";

/** What stands where the tree would be, while there is none. */
export function StageNotice() {
  const words = useView(noticeOf);
  const failed = useView(({ connection }) => connection.state === "failed");
  if (words === null) return null;
  return (
    <div className="stage-notice">
      <p>
        <ShortText text={words} cap={1000} />
      </p>
      {failed && (
        <button type="button" className="outlined" onClick={closeRun}>
          {t("Back to the first page")}
        </button>
      )}
    </div>
  );
}

function noticeOf({ connection, tree }: View): string | null {
  if (tree.count === 1 && tree.pausedAt()) {
    return t("Paused before the first step: press Step event or Resume search.");
  }
  if (tree.count > 0) return null;
  switch (connection.state) {
    case "idle":
    case "live":
      return t("Waiting for the first step …");
    case "connecting":
      return t("Opening the run …");
    case "retrying":
      return t("The connection is lost. It is tried again by itself.");
    case "ended":
      return t("This run was interrupted before its first event.");
    case "failed":
      return connection.message;
  }
}
