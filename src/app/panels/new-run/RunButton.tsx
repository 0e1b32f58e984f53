import { t } from "../../words/t.ts";
import { edit, useDraft } from "./draft.ts";

/** Starts the run. The server judges the problem as well; `ready` is only what this page knows. */
export function RunButton({ ready }: { ready: boolean }) {
  const starting = useDraft((draft) => draft.starting);
  const paused = useDraft((draft) => draft.paused);
  return (
    <div className="run-row">
      <button
        type="submit"
        className="primary run"
        aria-keyshortcuts="Control+Enter"
        disabled={starting || !ready}
      >
        {t(starting ? "Starting …" : "Run")}
        <span aria-hidden="true">
          <kbd>Ctrl ⏎</kbd>
        </span>
      </button>
      <label
        className="check"
        title={t("Nothing happens until you press Step or Resume above the tree")}
      >
        <input
          type="checkbox"
          checked={paused}
          onChange={(event) => edit({ paused: event.currentTarget.checked })}
        />
        {t("Start paused")}
      </label>
    </div>
  );
}
