import { openHelp } from "../page.ts";

/** Opens the list of keys. */
export function HelpButton() {
  return (
    <button
      type="button"
      className="icon"
      aria-label="Keys and help"
      aria-keyshortcuts="?"
      title="Keys and help (?)"
      onClick={openHelp}
    >
      ?
    </button>
  );
}
