import { t } from "../../words/t.ts";
import { toggleReading, usePage } from "../page.ts";

/** Whether the middle of the page shows the tree or one line of it as a solution. */
export function ViewSwitch() {
  const reading = usePage((page) => page.reading);
  return (
    <fieldset className="view-switch">
      <legend className="unseen">{t("What is shown")}</legend>
      <button type="button" aria-pressed={!reading} onClick={reading ? toggleReading : undefined}>
        {t("Tree")}
      </button>
      <button
        type="button"
        aria-pressed={reading}
        aria-keyshortcuts="V"
        title={t("Read the selected line as one solution (V)")}
        onClick={reading ? undefined : toggleReading}
      >
        {t("Read")}
      </button>
    </fieldset>
  );
}
