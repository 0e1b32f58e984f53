import { create } from "zustand";
import { setBrush } from "../state/actions.ts";
import { useView } from "../state/view.ts";

/** Whether dragging along the timeline selects a range, as with Shift, and does not scrub. */
export const useRangeMode = create<{ readonly isOn: boolean }>()(() => ({ isOn: false }));

/** Turning it off clears the range. */
export function toggleRangeMode(): void {
  const isOn = !useRangeMode.getState().isOn;
  useRangeMode.setState({ isOn });
  if (!isOn) clearRange();
}

/** Lights everything again; returns whether there was a range. */
export function clearRange(): boolean {
  if (useView.getState().brush === null) return false;
  setBrush(null);
  return true;
}
