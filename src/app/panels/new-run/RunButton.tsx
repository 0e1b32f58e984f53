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
        {starting ? "Starting …" : "Run"}
        <span className="kbd" aria-hidden="true">
          Ctrl ⏎
        </span>
      </button>
      <label
        className="check"
        title="Nothing happens until you press Step or Resume above the tree"
      >
        <input
          type="checkbox"
          checked={paused}
          onChange={(event) => edit({ paused: event.currentTarget.checked })}
        />
        Start paused
      </label>
    </div>
  );
}
