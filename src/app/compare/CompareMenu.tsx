import { Suspense, useState } from "react";
import { PresetList } from "../panels/later.ts";
import { t } from "../words/t.ts";

/** In the form: starts two or three searches of its problem side by side. */
export function CompareMenu() {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="more compare-menu"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span>{t("Compare")}</span> <span className="hint">{t("searches side by side")}</span>
      </summary>
      {open && (
        <Suspense>
          <PresetList />
        </Suspense>
      )}
    </details>
  );
}
