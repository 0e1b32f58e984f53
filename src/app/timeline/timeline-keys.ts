import { goLive, seek, setBrush, stepEvent, stepRound } from "../state/actions.ts";
import { currentSession } from "../state/page-session.ts";
import { useView } from "../state/view.ts";
import { extended } from "./brush.ts";
import { clearRange } from "./range-mode.ts";

const KEYS: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => stepEvent(-1),
  ArrowDown: () => stepEvent(-1),
  ArrowRight: () => stepEvent(1),
  ArrowUp: () => stepEvent(1),
  PageDown: () => stepRound(-1),
  PageUp: () => stepRound(1),
  Home: () => seek(0),
  End: goLive,
};

/** The keys of the slider. With Shift they take a range along, as with text; Escape clears it. */
export function onTimelineKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (clearRange()) event.preventDefault();
    return;
  }
  const act = KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  if (event.shiftKey) extendBy(act);
  else act();
}

function extendBy(act: () => void): void {
  const session = currentSession();
  if (session === null) return;
  const before = session.at;
  act();
  const { brush } = useView.getState();
  setBrush(extended(brush, Math.max(before, 0), Math.max(session.at, 0)));
}
