import { useState } from "react";
import { msg } from "../../lib/said.ts";
import { ModelSize, type TrainingState } from "../../protocol/training.ts";
import { backend } from "../backend/backend.ts";
import { Icon } from "../panels/Icon.tsx";
import { inARow } from "../words/node-words.ts";
import { t, tCount, tParts } from "../words/t.ts";
import { chooseWhose, useShipped, useWhose } from "./shipped-training.ts";
import { pause, start, useTraining } from "./training.ts";

const SIZE_WORDS = {
  XS: msg("XS, 0.2 million parameters"),
  S: msg("S, 0.9 million parameters"),
  L: msg("L, 3.4 million parameters"),
} as const satisfies Record<ModelSize, string>;

const STATE_WORDS = {
  running: msg("{what} is being trained"),
  elsewhere: msg("{what} is being trained, by a command in a terminal"),
  stopped: msg("{what} is paused at its last checkpoint"),
  done: msg("{what} is trained"),
  failed: msg("{what} failed"),
} as const satisfies Record<Exclude<TrainingState["state"], "never"> | "elsewhere", string>;

/** Whose training is shown, and what can be done about this server's own. */
export function TrainingControls() {
  const whose = useWhose();
  const trouble = useShipped((shipped) => shipped.trouble);
  return (
    <>
      {backend().training === null ? (
        <p>
          {tParts("Training needs a server: on a copy of the project, {command} is all it takes.", {
            command: <code>npm start</code>,
          })}
        </p>
      ) : (
        <OwnTraining />
      )}
      {whose === "shipped" && (
        <p className="shipped-note">
          {trouble ?? t("Below is how the training of the models went that come with Sentei.")}
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
          <Icon name="pause" /> {t("Pause")}
        </button>
      )}
      {state !== null && state.state !== "running" && <StartFields state={state} />}
      {state !== null && state.state !== "never" && (
        <button
          type="button"
          className="link"
          onClick={() => chooseWhose(whose === "own" ? "shipped" : "own")}
        >
          {t(whose === "own" ? "Show that of the shipped models" : "Show this server's own")}
        </button>
      )}
      {unread > 0 && (
        <p className="soft">
          {tCount(
            unread,
            "{count} line of the log cannot be read.",
            "{count} lines of the log cannot be read.",
          )}
        </p>
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
          <Icon name="play" /> {t("Go on")}
        </button>
      )}
      <label className="size">
        {t("Size")}
        <select value={size} onChange={(event) => setSize(event.target.value as ModelSize)}>
          {ModelSize.options.map((option) => (
            <option key={option} value={option}>
              {t(SIZE_WORDS[option])}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className={state.state === "never" ? "primary" : "outlined"}
        onClick={() => void start({ size, targets: ["all"] })}
      >
        <Icon name="play" /> {t("Train all four steps")}
      </button>
    </>
  );
}

function words(state: TrainingState | null): string {
  if (state === null) return t("Asking the server …");
  if (state.state === "never" || state.spec === null) {
    return state.because || t("Nothing was trained in this folder yet.");
  }
  const { targets, size } = state.spec;
  const what = targets.includes("all")
    ? t("Size {size}", { size })
    : t("{targets} of size {size}", { targets: inARow(targets), size });
  const isElsewhere = state.state === "running" && !state.isOurs;
  const sentence = t(STATE_WORDS[isElsewhere ? "elsewhere" : state.state], { what });
  return state.because === ""
    ? t("{sentence}.", { sentence })
    : t("{sentence}: {why}", { sentence, why: state.because });
}
