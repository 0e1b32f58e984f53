import { seek, setBrush } from "../state/actions.ts";
import { useView } from "../state/view.ts";
import { brushBetween } from "./brush.ts";
import { clearRange, useRangeMode } from "./range-mode.ts";
import { eventUnder, seqAt, type TimeScale } from "./time-scale.ts";

/** A press that moved no further selects no range, CSS px. */
const CLICK_PX = 3;

type Drag = { readonly what: "scrub" } | { readonly what: "brush"; readonly x: number };

/**
 * Dragging along the timeline scrubs; with Shift, or while ranges are selected, it
 * selects a range. A press outside of the range clears it.
 */
export function listenToTimelinePointer(
  canvas: HTMLCanvasElement,
  { scaleNow, signal }: { scaleNow: () => TimeScale; signal: AbortSignal },
): void {
  let drag: Drag = { what: "scrub" };
  const follow = ({ offsetX }: PointerEvent) => {
    const scale = scaleNow();
    if (drag.what === "scrub") seek(seqAt(scale, offsetX));
    else if (Math.abs(offsetX - drag.x) >= CLICK_PX) {
      setBrush(brushBetween(eventUnder(scale, drag.x), eventUnder(scale, offsetX)));
    }
  };
  const grab = (event: PointerEvent) => {
    if (event.button !== 0 || useView.getState().tree.seq < 0) return;
    canvas.setPointerCapture(event.pointerId);
    const isBrush = event.shiftKey || useRangeMode.getState().isOn;
    if (isBrush || isOutside(eventUnder(scaleNow(), event.offsetX))) clearRange();
    drag = isBrush ? { what: "brush", x: event.offsetX } : { what: "scrub" };
    follow(event);
  };
  const move = (event: PointerEvent) => {
    if (canvas.hasPointerCapture(event.pointerId)) follow(event);
  };
  canvas.addEventListener("pointerdown", grab, { signal });
  canvas.addEventListener("pointermove", move, { signal });
}

function isOutside(seq: number): boolean {
  const { brush } = useView.getState();
  return brush !== null && (seq < brush[0] || seq > brush[1]);
}
