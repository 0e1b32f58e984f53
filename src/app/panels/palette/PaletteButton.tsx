import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { openPalette } from "../page.ts";

/** Opens the list of all commands. */
export function PaletteButton() {
  return (
    <button
      type="button"
      className="palette-button outlined"
      aria-label={t("Commands")}
      aria-keyshortcuts="Control+K Control+Shift+P"
      title={t("Everything that can be done (Ctrl K)")}
      onClick={openPalette}
    >
      <Icon name="command" />
      <span className="wide-only">{t("Commands")}</span>
      <kbd className="wide-only">Ctrl K</kbd>
    </button>
  );
}
