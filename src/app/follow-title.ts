import { useMoment } from "./panels/moment.ts";
import { revealControls } from "./plain-text.ts";

/** Names the browser's tab after the problem of the run on screen. */
export function followTitle(): void {
  useMoment.subscribe(({ tree }) => {
    const text = tree.started?.problem.text;
    const title = text === undefined ? "Sentei" : `${revealControls(text.slice(0, 60))} · Sentei`;
    if (document.title !== title) document.title = title;
  });
}
