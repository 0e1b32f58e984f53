import { useMutation } from "@tanstack/react-query";
import { command } from "../../state/actions.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";

/** Steers a live run where it happens, on the server: everybody who watches it sees the same. */
export function SourceControls({ paused }: { paused: boolean }) {
  const order = useMutation({ mutationFn: command });
  return (
    <fieldset className="source-controls" aria-label={t("At the source")}>
      {paused ? (
        <>
          <button
            type="button"
            className="outlined"
            onClick={() => order.mutate({ command: "resume" })}
          >
            <Icon name="play" /> {t("Resume search")}
          </button>
          <button
            type="button"
            className="outlined"
            title={t("Let the search go on by one event")}
            onClick={() => order.mutate({ command: "step", to: "event" })}
          >
            {t("Step event")}
          </button>
          <button
            type="button"
            className="outlined"
            title={t("Let the search go on to the end of the round")}
            onClick={() => order.mutate({ command: "step", to: "round" })}
          >
            {t("Step round")}
          </button>
        </>
      ) : (
        <button
          type="button"
          className="outlined"
          title={t("Pause the search itself, not only the view")}
          onClick={() => order.mutate({ command: "pause" })}
        >
          <Icon name="pause" /> {t("Pause search")}
        </button>
      )}
      <button
        type="button"
        className="outlined"
        onClick={() => order.mutate({ command: "cancel" })}
      >
        <Icon name="stop" /> {t("Cancel")}
      </button>
      {order.isError && (
        <span className="field-error" role="alert">
          {order.error.message}
        </span>
      )}
    </fieldset>
  );
}
