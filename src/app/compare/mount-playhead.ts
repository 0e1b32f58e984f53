import { useCompared } from "../state/compared.ts";
import { t } from "../words/t.ts";
import { lengthOf, positionWords } from "./axis.ts";
import { positionNow, seekTo, useComparison } from "./comparison.ts";

/** Steps of the slider: finer than a pixel of any screen. */
const STEPS = 10_000;

/**
 * Makes an element the playhead of all runs: a slider, and its position in words. It follows
 * time without a render. Returns what takes it away.
 */
export function mountPlayhead(element: HTMLDivElement): () => void {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(STEPS);
  slider.ariaLabel = t("Moment of all runs");
  const words = document.createElement("output");
  words.className = "moment";
  element.append(slider, words);
  slider.addEventListener("input", () => {
    seekTo((Number(slider.value) / STEPS) * lengthNow());
  });
  const show = () => {
    const length = lengthNow();
    const position = positionNow();
    const { axis } = useCompared.getState();
    slider.value = String(length === 0 ? 0 : Math.round((position / length) * STEPS));
    const text = positionWords(axis, position, length);
    if (text === words.textContent) return;
    words.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };
  show();
  const undo = [useCompared.subscribe(show), useComparison.subscribe(show)];
  return () => {
    for (const forget of undo) forget();
    element.replaceChildren();
  };
}

function lengthNow(): number {
  const trees = useComparison.getState().runs.map(({ tree }) => tree);
  return lengthOf(trees, useCompared.getState().axis);
}
