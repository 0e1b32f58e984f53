import { t } from "../../words/t.ts";
import { openHelp } from "../page.ts";

/** Opens the list of keys. */
export function HelpButton() {
  return (
    <button
      type="button"
      className="icon"
      aria-label={t("Keys and help")}
      aria-keyshortcuts="?"
      title={t("Keys and help (?)")}
      onClick={openHelp}
    >
      ?
    </button>
  );
}
