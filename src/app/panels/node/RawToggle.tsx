import { setRaw } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";

/** Whether steps are shown as they are written. */
export function RawToggle() {
  const raw = useView((view) => view.raw);
  return (
    <button
      type="button"
      className="raw-toggle"
      aria-pressed={raw}
      title={t("Show steps as they are written, without mathematics")}
      onClick={() => setRaw(!raw)}
    >
      {t("Raw")}
    </button>
  );
}
