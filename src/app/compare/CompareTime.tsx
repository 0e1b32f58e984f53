import { Icon } from "../panels/Icon.tsx";
import { SPEEDS } from "../panels/transport/moment-words.ts";
import { setSpeed } from "../state/actions.ts";
import { useView } from "../state/view.ts";
import { t } from "../words/t.ts";
import { step, togglePlay, useComparison } from "./comparison.ts";
import { mountPlayhead } from "./mount-playhead.ts";

/** Moves all runs through their time at once. It never touches the runs themselves. */
export function CompareTime() {
  const isPlaying = useComparison((state) => state.isPlaying);
  const speed = useView((view) => view.speed);
  return (
    <section className="compare-time" aria-label={t("Time")}>
      <div className="transport" role="toolbar" aria-label={t("Playback")}>
        <StepButton
          icon="prevRound"
          label={t("Previous round")}
          keys="{"
          onPress={() => step(-1, "rounds")}
        />
        <StepButton icon="prevEvent" label={t("Step back")} keys="[" onPress={() => step(-1)} />
        <button
          type="button"
          className="icon play"
          aria-label={t(isPlaying ? "Pause playback" : "Play")}
          aria-keyshortcuts="Space"
          title={t(isPlaying ? "Pause playback; the searches go on (Space)" : "Play all (Space)")}
          onClick={togglePlay}
        >
          <Icon name={isPlaying ? "pause" : "play"} />
        </button>
        <StepButton icon="nextEvent" label={t("Step on")} keys="]" onPress={() => step(1)} />
        <StepButton
          icon="nextRound"
          label={t("Next round")}
          keys="}"
          onPress={() => step(1, "rounds")}
        />
        <select
          aria-label={t("Speed")}
          value={speed}
          onChange={(event) => setSpeed(Number(event.currentTarget.value))}
        >
          {SPEEDS.map((value) => (
            <option key={value} value={value}>{`${value}×`}</option>
          ))}
        </select>
      </div>
      <div className="playhead" ref={mountPlayhead} />
    </section>
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
