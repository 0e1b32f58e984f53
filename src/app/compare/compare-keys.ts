import type { CommandId } from "../commands.ts";
import { commandOfEvent } from "../keyboard.ts";
import type { Direction } from "../state/move-selection.ts";
import { focusIn, moveSelectionIn, type Pane, toggleFoldIn } from "../state/pane.ts";
import { goToEnd, leader, step, togglePlay } from "./comparison.ts";

/** What the keys of the page of searches do here, in all runs at once or in the tree that was touched last. */
const DO: Partial<Record<CommandId, () => void>> = {
  togglePlay,
  prevEvent: () => step(-1),
  nextEvent: () => step(1),
  prevRound: () => step(-1, "rounds"),
  nextRound: () => step(1, "rounds"),
  goLive: goToEnd,
  parent: () => move("parent"),
  firstChild: () => move("firstChild"),
  lastChild: () => move("lastChild"),
  prevSibling: () => move("prevSibling"),
  nextSibling: () => move("nextSibling"),
  root: () => move("root"),
  nextAnswer: () => move("nextAnswer"),
  prevAnswer: () => move("prevAnswer"),
  toggleFold: () => withPicked(toggleFoldIn),
  focus: () => withPicked(focusIn),
  fit: () => leader()?.pane.camera.request({ to: "fit" }),
  follow: () => {
    leader()?.pane.view.setState({ following: true });
    leader()?.pane.camera.request({ to: "fit" });
  },
  escape: () => leader()?.pane.select(null),
};

/** Gives the comparison its keys, until the returned function is called. */
export function listenToCompareKeys(): () => void {
  const stop = new AbortController();
  window.addEventListener(
    "keydown",
    (event) => {
      const command = commandOfEvent(event);
      const act = command === null ? undefined : DO[command.id];
      if (act === undefined) return;
      event.preventDefault();
      act();
    },
    // Before the page's own keys, for which there is no run open here.
    { capture: true, signal: stop.signal },
  );
  return () => stop.abort();
}

function move(direction: Direction): void {
  const run = leader();
  if (run !== null) moveSelectionIn(run.pane, direction);
}

function withPicked(act: (pane: Pane, node: number) => void): void {
  const pane = leader()?.pane;
  const node = pane?.view.getState().selected ?? null;
  if (pane !== undefined && node !== null) act(pane, node);
}
