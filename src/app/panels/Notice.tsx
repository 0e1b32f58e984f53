import { t } from "../words/t.ts";
import { Icon } from "./Icon.tsx";
import { tell, usePage } from "./page.ts";

/** What a command has to say that has no place of its own. */
export function Notice() {
  const notice = usePage((page) => page.notice);
  return (
    <div role="status" className="page-notice">
      {notice !== null && (
        <p>
          {notice}
          <button type="button" className="icon" aria-label={t("Close")} onClick={() => tell(null)}>
            <Icon name="cross" />
          </button>
        </p>
      )}
    </div>
  );
}
