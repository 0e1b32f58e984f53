import type { CommandId } from "../commands.ts";
import { commandOfEvent } from "../keyboard.ts";
import { useCompared } from "../state/compared.ts";
import { PANE_COMMANDS } from "../state/pane-commands.ts";
import { goToEnd, leader, step, togglePlay } from "./comparison.ts";
import { mergedPane } from "./merged.ts";

/** What the keys of the page of searches do here in all runs at once; those for one tree mean that which was touched last. */
const DO: Partial<Record<CommandId, () => void>> = {
  togglePlay,
  prevEvent: () => step(-1),
  nextEvent: () => step(1),
  prevRound: () => step(-1, "rounds"),
  nextRound: () => step(1, "rounds"),
  goLive: goToEnd,
};

/** Gives the comparison its keys, until the returned function is called. */
export function listenToCompareKeys(): () => void {
  const stop = new AbortController();
  window.addEventListener(
    "keydown",
    (event) => {
      const command = commandOfEvent(event);
      if (command === null) return;
      const isMerged = useCompared.getState().layout === "merged";
      const pane = isMerged ? mergedPane().pane : leader()?.pane;
      const inTree = PANE_COMMANDS[command.id];
      const act = DO[command.id] ?? (pane && inTree && (() => inTree(pane)));
      if (act === undefined) return;
      event.preventDefault();
      act();
    },
    // Before the page's own keys, for which there is no run open here.
    { capture: true, signal: stop.signal },
  );
  return () => stop.abort();
}
