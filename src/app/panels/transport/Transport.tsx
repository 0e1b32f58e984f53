import "./transport.css";
import { goLive, setSpeed, stepEvent, stepRound, togglePlay } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { toggleRangeMode, useRangeMode } from "../../timeline/range-mode.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { useMoment } from "../moment.ts";
import { momentWords, SPEEDS } from "./moment-words.ts";

/** Moves through the time of a run. It never touches the run itself. */
export function Transport() {
  const playing = useView((view) => view.playing);
  const speed = useView((view) => view.speed);
  const words = useMoment(({ tree, at }) => momentWords(tree, at));
  return (
    <div className="transport" role="toolbar" aria-label={t("Playback")}>
      <StepButton
        icon="prevRound"
        label={t("Previous round")}
        keys="{"
        onPress={() => stepRound(-1)}
      />
      <StepButton
        icon="prevEvent"
        label={t("Previous event")}
        keys="["
        onPress={() => stepEvent(-1)}
      />
      <button
        type="button"
        className="icon play"
        aria-label={t(playing ? "Pause playback" : "Play")}
        aria-keyshortcuts="Space"
        title={t(playing ? "Pause playback; the search goes on (Space)" : "Play (Space)")}
        onClick={togglePlay}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <StepButton icon="nextEvent" label={t("Next event")} keys="]" onPress={() => stepEvent(1)} />
      <StepButton icon="nextRound" label={t("Next round")} keys="}" onPress={() => stepRound(1)} />
      <select
        aria-label={t("Speed")}
        title={t("Speed; 1× shows any run within ten seconds")}
        value={speed}
        onChange={(event) => setSpeed(Number(event.currentTarget.value))}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>{`${value}×`}</option>
        ))}
      </select>
      <RangeButton />
      <LivePill />
      <output className="moment" aria-live="off">
        {words}
      </output>
    </div>
  );
}

/** For those who cannot drag with Shift. */
function RangeButton() {
  const isOn = useRangeMode((mode) => mode.isOn);
  return (
    <button
      type="button"
      className="icon"
      aria-label={t("Select range")}
      aria-pressed={isOn}
      title={t(
        "Select a part of the run on the timeline: what happened in it stays lit (Shift and drag)",
      )}
      onClick={toggleRangeMode}
    >
      <Icon name="range" />
    </button>
  );
}

interface StepButtonProps {
  icon: "prevRound" | "prevEvent" | "nextEvent" | "nextRound";
  label: string;
  keys: string;
  onPress: () => void;
}

function StepButton({ icon, label, keys, onPress }: StepButtonProps) {
  return (
    <button
      type="button"
      className="icon"
      aria-label={label}
      aria-keyshortcuts={keys}
      title={`${label} (${keys})`}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}

/** Says whether the newest event is shown, and goes there. Only while events of a run arrive. */
function LivePill() {
  const live = useView((view) => view.live);
  const isGrowing = useView(
    ({ tree, connection }) => tree.ending === null && connection.state === "live",
  );
  if (!isGrowing) return null;
  return (
    <button
      type="button"
      className="live-pill"
      aria-pressed={live}
      title={t(live ? "The newest event is shown" : "Go to the newest event and stay there (L)")}
      onClick={goLive}
    >
      {t("Live")}
    </button>
  );
}
