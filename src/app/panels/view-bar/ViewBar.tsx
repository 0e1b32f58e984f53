import "./view-bar.css";
import { openFind } from "../../run-command.ts";
import { t } from "../../words/t.ts";
import { Conversation } from "../conversation/Conversation.tsx";
import { Icon } from "../Icon.tsx";
import { usePage } from "../page.ts";
import { ViewSwitch } from "../read/ViewSwitch.tsx";
import { Breadcrumbs } from "./Breadcrumbs.tsx";
import { FilterOptions } from "./FilterOptions.tsx";
import { Lantern } from "./Lantern.tsx";
import { OrderChoice } from "./OrderChoice.tsx";
import { SaveMenu } from "./SaveMenu.tsx";
import { ViewOptions } from "./ViewOptions.tsx";

/** How the run is shown, above what it is shown in. */
export function ViewBar() {
  const reading = usePage((page) => page.reading);
  const finding = usePage((page) => page.finding);
  return (
    <div className="view-bar">
      <section aria-label={t("View")}>
        <ViewSwitch />
        {!reading && (
          <>
            <OrderChoice className="not-tight" />
            <Lantern className="not-snug" />
            <div className="view-buttons">
              <ViewOptions />
              <FilterOptions />
              <SaveMenu />
              <button
                type="button"
                aria-label={t("Find")}
                aria-keyshortcuts="/"
                aria-pressed={finding}
                title={t("Find a text in the steps (/)")}
                onClick={openFind}
              >
                <Icon name="search" /> <span className="roomy-only">{t("Find")}</span>
              </button>
            </div>
          </>
        )}
      </section>
      {!reading && <Breadcrumbs />}
      <Conversation />
    </div>
  );
}
