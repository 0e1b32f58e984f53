import { useState } from "react";
import { ModelSize, type TrainingState } from "../../protocol/training.ts";
import { formatPlural } from "../format.ts";
import { Icon } from "../panels/Icon.tsx";
import { pause, start, useTraining } from "./training.ts";

const SIZE_WORDS: Record<ModelSize, string> = {
  XS: "XS, 0.2 million parameters",
  S: "S, 0.9 million parameters",
  L: "L, 3.4 million parameters",
};

const STATE_WORDS: Record<Exclude<TrainingState["state"], "never">, string> = {
  running: "is being trained",
  stopped: "is paused at its last checkpoint",
  done: "is trained",
  failed: "failed",
};

/** Starts, pauses and goes on with the training of this server. */
export function TrainingControls() {
  const state = useTraining((view) => view.state);
  const unread = useTraining((view) => view.unread);
  const trouble = useTraining((view) => view.trouble);
  const [size, setSize] = useState<ModelSize>("S");
  return (
    <div className="training-controls">
      <p role="status">{words(state)}</p>
      {state?.state === "running" && state.isOurs && (
        <button type="button" className="outlined" onClick={() => void pause()}>
          <Icon name="pause" /> Pause
        </button>
      )}
      {state !== null && state.state !== "running" && (
        <>
          {(state.state === "stopped" || state.state === "failed") && state.spec !== null && (
            <button type="button" className="primary" onClick={() => void start(state.spec!)}>
              <Icon name="play" /> Go on
            </button>
          )}
          <label className="size">
            Size
            <select value={size} onChange={(event) => setSize(event.target.value as ModelSize)}>
              {ModelSize.options.map((option) => (
                <option key={option} value={option}>
                  {SIZE_WORDS[option]}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className={state.state === "never" ? "primary" : "outlined"}
            onClick={() => void start({ size, targets: ["all"] })}
          >
            <Icon name="play" /> Train all four steps
          </button>
        </>
      )}
      {unread > 0 && (
        <p className="soft">{formatPlural(unread, "line")} of the log cannot be read.</p>
      )}
      {trouble !== null && (
        <p className="field-error" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}

function words(state: TrainingState | null): string {
  if (state === null) return "Asking the server …";
  if (state.state === "never" || state.spec === null) {
    return state.because || "Nothing was trained in this folder yet.";
  }
  const { targets, size } = state.spec;
  const what = targets.includes("all") ? `Size ${size}` : `${targets.join(", ")} of size ${size}`;
  const elsewhere =
    state.state === "running" && !state.isOurs ? ", by a command in a terminal" : "";
  const because = state.because === "" ? "." : `: ${state.because}`;
  return `${what} ${STATE_WORDS[state.state]}${elsewhere}${because}`;
}
