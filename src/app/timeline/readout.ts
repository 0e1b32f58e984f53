import { useView } from "../state/view.ts";
import { readoutWords } from "./readout-words.ts";
import { eventUnder, type TimeScale } from "./time-scale.ts";

/** Shows in words what is under the mouse on the timeline. Sliders tell it to those who do not see it. */
export function addReadout(
  canvas: HTMLCanvasElement,
  { scaleNow, signal }: { scaleNow: () => TimeScale; signal: AbortSignal },
): void {
  const readout = document.createElement("div");
  readout.className = "timeline-readout";
  readout.ariaHidden = "true";
  readout.hidden = true;
  canvas.after(readout);
  const hide = () => {
    readout.hidden = true;
  };
  const show = ({ pointerType, offsetX }: PointerEvent) => {
    const { tree } = useView.getState();
    readout.hidden = pointerType !== "mouse" || tree.seq < 0;
    if (readout.hidden) return;
    const scale = scaleNow();
    const x = Math.floor(offsetX);
    // All that shares the pixel.
    const from = eventUnder(scale, x);
    const to = Math.max(eventUnder(scale, x + 1) - 1, from);
    readout.textContent = readoutWords(tree, [from, to]);
    const most = canvas.clientWidth - readout.offsetWidth;
    readout.style.translate = `${Math.max(Math.min(x - readout.offsetWidth / 2, most), 0)}px`;
  };
  canvas.addEventListener("pointermove", show, { signal });
  canvas.addEventListener("pointerleave", hide, { signal });
  signal.addEventListener("abort", () => readout.remove());
}
