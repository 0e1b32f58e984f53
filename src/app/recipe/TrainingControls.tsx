import { useState } from "react";
import { ModelSize, type TrainingState } from "../../protocol/training.ts";
import { backend } from "../backend/backend.ts";
import { formatPlural } from "../format.ts";
import { Icon } from "../panels/Icon.tsx";
import { chooseWhose, useShipped, useWhose } from "./shipped-training.ts";
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

/** Whose training is shown, and what can be done about this server's own. */
export function TrainingControls() {
  const whose = useWhose();
  const trouble = useShipped((shipped) => shipped.trouble);
  return (
    <>
      {backend().training === null ? (
        <p>
          Training needs a server: on a copy of the project, <code>npm start</code> is all it takes.
        </p>
      ) : (
        <OwnTraining />
      )}
      {whose === "shipped" && (
        <p className="shipped-note">
          {trouble ?? "Below is how the training of the models went that come with Sentei."}
        </p>
      )}
    </>
  );
}

/** Starts, pauses and goes on with the training of this server. */
function OwnTraining() {
  const state = useTraining((view) => view.state);
  const unread = useTraining((view) => view.unread);
  const trouble = useTraining((view) => view.trouble);
  const whose = useWhose();
  return (
    <div className="training-controls">
      <p role="status">{words(state)}</p>
      {state?.state === "running" && state.isOurs && (
        <button type="button" className="outlined" onClick={() => void pause()}>
          <Icon name="pause" /> Pause
        </button>
      )}
      {state !== null && state.state !== "running" && <StartFields state={state} />}
      {state !== null && state.state !== "never" && (
        <button
          type="button"
          className="link"
          onClick={() => chooseWhose(whose === "own" ? "shipped" : "own")}
        >
          {whose === "own" ? "Show that of the shipped models" : "Show this server's own"}
        </button>
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

function StartFields({ state }: { readonly state: TrainingState }) {
  const [size, setSize] = useState<ModelSize>("S");
  return (
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
