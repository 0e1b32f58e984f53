import { useMutation } from "@tanstack/react-query";
import { command } from "../../state/actions.ts";
import { Icon } from "../Icon.tsx";

/** Steers a live run where it happens, on the server: everybody who watches it sees the same. */
export function SourceControls({ paused }: { paused: boolean }) {
  const order = useMutation({ mutationFn: command });
  return (
    <fieldset className="source-controls" aria-label="At the source">
      {paused ? (
        <>
          <button
            type="button"
            className="outlined"
            onClick={() => order.mutate({ command: "resume" })}
          >
            <Icon name="play" /> Resume search
          </button>
          <button
            type="button"
            className="outlined"
            title="Let the search go on by one event"
            onClick={() => order.mutate({ command: "step", to: "event" })}
          >
            Step event
          </button>
          <button
            type="button"
            className="outlined"
            title="Let the search go on to the end of the round"
            onClick={() => order.mutate({ command: "step", to: "round" })}
          >
            Step round
          </button>
        </>
      ) : (
        <button
          type="button"
          className="outlined"
          title="Pause the search itself, not only the view"
          onClick={() => order.mutate({ command: "pause" })}
        >
          <Icon name="pause" /> Pause search
        </button>
      )}
      <button
        type="button"
        className="outlined"
        onClick={() => order.mutate({ command: "cancel" })}
      >
        <Icon name="stop" /> Cancel
      </button>
      {order.isError && (
        <span className="field-error" role="alert">
          {order.error.message}
        </span>
      )}
    </fieldset>
  );
}
