import type { KnownCommand } from "./commands.ts";
import { commandOf, type KeyPlace, pressOf } from "./keys.ts";
import { usePage } from "./panels/page.ts";
import { isThere, runCommand, TYPING } from "./run-command.ts";
import { moveCamera } from "./state/actions.ts";
import { type HeldMove, HeldMoves } from "./state/held-moves.ts";
import { useView } from "./state/view.ts";
import { prefersStillness } from "./tree/display.ts";

/** What has its own use for Space, Enter, arrows and Home. */
const CONTROL =
  'button, summary, a[href], input, [role="slider"], [role="tab"], [role="dialog"], [popover]';

/** Gives the page its keys. Runs once, for as long as the page lives. */
export function listenToKeys(): void {
  const driver = new KeyDriver();
  window.addEventListener("keydown", (event) => {
    const command = commandOfEvent(event);
    if (command === null || !isThere(command.needs, useView.getState())) return;
    // A popover that is open closes itself.
    if (command.id === "escape" && document.querySelector(":popover-open") !== null) return;
    event.preventDefault();
    if (isHeld(command)) driver.press(event.code, command.id);
    else runCommand(command.id);
  });
  window.addEventListener("keyup", ({ code }) => driver.release(code));
  window.addEventListener("blur", () => driver.releaseAll());
  document.addEventListener("visibilitychange", () => driver.releaseAll());
}

/** The command that a key press asks for, wherever it makes sense; null if it is somebody else's. */
export function commandOfEvent(event: KeyboardEvent): KnownCommand | null {
  if (event.defaultPrevented || event.isComposing || isModal()) return null;
  return commandOf(pressOf(event), placeOf(event.target));
}

/** Moves the camera frame by frame while keys are held. */
class KeyDriver {
  readonly #moves = new HeldMoves();
  readonly #held = new Map<string, HeldMove>();
  #frame = 0;
  #time = 0;

  /** `code` is the key's place; the same again, as keys repeat, is no news. */
  press(code: string, move: HeldMove): void {
    if (this.#held.has(code)) return;
    this.#held.set(code, move);
    this.#moves.press(move);
    if (this.#frame !== 0) return;
    this.#time = performance.now();
    this.#ask();
  }

  release(code: string): void {
    const move = this.#held.get(code);
    if (move === undefined) return;
    this.#held.delete(code);
    this.#moves.release(move);
  }

  releaseAll(): void {
    this.#held.clear();
    this.#moves.releaseAll();
  }

  #ask(): void {
    this.#frame = requestAnimationFrame((time) => {
      this.#frame = 0;
      const step = this.#moves.advance(time - this.#time, prefersStillness());
      this.#time = time;
      if (step === null) return;
      moveCamera(step);
      this.#ask();
    });
  }
}

function isHeld(command: KnownCommand): command is KnownCommand & { readonly id: HeldMove } {
  return command.held === true;
}

/** Whether a dialog has the page. The state of the page hears of its end a moment later. */
function isModal(): boolean {
  return document.querySelector("dialog:modal") !== null;
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
