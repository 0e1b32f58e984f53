import { useMutation } from "@tanstack/react-query";
import type { CommandInput } from "../../../protocol/runs.ts";
import { command } from "../../state/actions.ts";
import { t } from "../../words/t.ts";
import { Icon, type IconName } from "../Icon.tsx";

/** Steers a live run where it happens, on the server: everybody who watches it sees the same. */
export function SourceControls({ paused }: { paused: boolean }) {
  const order = useMutation({ mutationFn: command });
  const steer = (input: CommandInput) => () => order.mutate(input);
  return (
    <fieldset className="source-controls" aria-label={t("At the source")}>
      {paused ? (
        <>
          <Steer icon="play" words={t("Resume search")} act={steer({ command: "resume" })} />
          <Steer
            icon="nextEvent"
            words={t("Step event")}
            about={t("Let the search go on by one event")}
            act={steer({ command: "step", to: "event" })}
          />
          <Steer
            icon="nextRound"
            words={t("Step round")}
            about={t("Let the search go on to the end of the round")}
            act={steer({ command: "step", to: "round" })}
          />
        </>
      ) : (
        <Steer
          icon="pause"
          words={t("Pause search")}
          about={t("Pause the search itself, not only the view")}
          act={steer({ command: "pause" })}
        />
      )}
      <Steer icon="stop" words={t("Cancel")} act={steer({ command: "cancel" })} />
      {order.isError && (
        <span className="field-error" role="alert">
          {order.error.message}
        </span>
      )}
    </fieldset>
  );
}

interface SteerProps {
  readonly icon: IconName;
  readonly words: string;
  /** What it does, where the words do not say all of it. */
  readonly about?: string;
  readonly act: () => void;
}

/** Where there is room, its words stand beside the icon. */
function Steer({ icon, words, about, act }: SteerProps) {
  const title = about === undefined ? words : `${words}: ${about}`;
  return (
    <button type="button" className="outlined" title={title} onClick={act}>
      <Icon name={icon} /> <span className="words">{words}</span>
    </button>
  );
}
