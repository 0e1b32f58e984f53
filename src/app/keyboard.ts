import { flushSync } from "react-dom";
import { actionOf, type KeyAction, type KeyPlace } from "./keys.ts";
import { requestRun } from "./panels/new-run/new-run-form.ts";
import { openHelp, showTab, usePage } from "./panels/page.ts";
import { RUN_FILTER_FIELD } from "./panels/runs/run-filter.ts";
import { nextSpeed } from "./panels/transport/moment-words.ts";
import {
  fitTree,
  focusNode,
  followCamera,
  goLive,
  moveSelection,
  select,
  setSpeed,
  stepEvent,
  stepRound,
  togglePlay,
} from "./state/actions.ts";
import { useView } from "./state/view.ts";

/** What takes characters. */
const TYPING =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';
/** What has its own use for Space, arrows and Home. */
const CONTROL = 'button, summary, a[href], input, [role="slider"]';

const DO: Record<KeyAction, () => void> = {
  parent: () => moveSelection("parent"),
  firstChild: () => moveSelection("firstChild"),
  lastChild: () => moveSelection("lastChild"),
  prevSibling: () => moveSelection("prevSibling"),
  nextSibling: () => moveSelection("nextSibling"),
  root: () => moveSelection("root"),
  nextAnswer: () => moveSelection("nextAnswer"),
  prevAnswer: () => moveSelection("prevAnswer"),
  prevEvent: () => stepEvent(-1),
  nextEvent: () => stepEvent(1),
  prevRound: () => stepRound(-1),
  nextRound: () => stepRound(1),
  togglePlay,
  faster: () => setSpeed(nextSpeed(useView.getState().speed, 1)),
  slower: () => setSpeed(nextSpeed(useView.getState().speed, -1)),
  goLive,
  focus: () => {
    const { selected } = useView.getState();
    if (selected !== null) focusNode(selected);
  },
  fit: fitTree,
  follow: followCamera,
  help: openHelp,
  filter: () => {
    // The field is out of reach on a narrow screen until its tab is shown.
    flushSync(() => showTab("new"));
    document.getElementById(RUN_FILTER_FIELD)?.focus();
  },
  escape: () => {
    const { activeElement } = document;
    if (activeElement?.matches(TYPING) && activeElement instanceof HTMLElement)
      activeElement.blur();
    else select(null);
  },
  run: requestRun,
};

/** Actions that mean nothing while no run is open. */
const WITHOUT_RUN: ReadonlySet<KeyAction> = new Set(["help", "filter", "escape", "run"]);

/** Gives the page its keys. Runs once, for as long as the page lives. */
export function listenToKeys(): void {
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || usePage.getState().helpOpen) return;
    const action = actionOf(
      {
        key: event.key,
        shift: event.shiftKey,
        ctrl: event.ctrlKey || event.metaKey,
        alt: event.altKey,
        altGraph: event.getModifierState("AltGraph"),
      },
      placeOf(event.target),
    );
    if (action === null) return;
    if (useView.getState().runId === null && !WITHOUT_RUN.has(action)) return;
    event.preventDefault();
    DO[action]();
  });
}

function placeOf(target: EventTarget | null): KeyPlace {
  const { singleKeys } = usePage.getState();
  if (!(target instanceof Element)) return { typing: false, control: false, singleKeys };
  return {
    typing: target.closest(TYPING) !== null,
    control: target.closest(CONTROL) !== null,
    singleKeys,
  };
}
