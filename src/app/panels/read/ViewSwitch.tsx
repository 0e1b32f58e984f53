import { toggleReading, usePage } from "../page.ts";

/** Whether the middle of the page shows the tree or one line of it as a solution. */
export function ViewSwitch() {
  const reading = usePage((page) => page.reading);
  return (
    <fieldset className="view-switch">
      <legend className="unseen">What is shown</legend>
      <button type="button" aria-pressed={!reading} onClick={reading ? toggleReading : undefined}>
        Tree
      </button>
      <button
        type="button"
        aria-pressed={reading}
        aria-keyshortcuts="V"
        title="Read the selected line as one solution (V)"
        onClick={reading ? undefined : toggleReading}
      >
        Read
      </button>
    </fieldset>
  );
}
