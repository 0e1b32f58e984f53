import "./timeline.css";
import { t } from "../words/t.ts";
import { mountTimeline } from "./mount-timeline.ts";

/** The run from its first to its newest event, to scrub through and to select ranges of. All of it lives in `mountTimeline`. */
export function TimelineCanvas() {
  return (
    <div className="timeline">
      <canvas
        className="timeline-canvas"
        role="slider"
        tabIndex={0}
        aria-label={t("Moment")}
        aria-valuenow={0}
        ref={mountTimeline}
      />
    </div>
  );
}
