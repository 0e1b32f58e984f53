import { closeRun } from "../../state/actions.ts";
import { t } from "../../words/t.ts";

/** The name of the thing, and the way back to its first page. */
export function Brand() {
  return (
    <h1 className="brand">
      <button type="button" title={t("Back to the first page")} onClick={closeRun}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path className="cut" d="M4 10c5 0 4-6 10-6M4 10c5 0 4 6 10 6" />
          <path d="M4 10h10" />
          <circle cx="4" cy="10" r="2.5" />
          <rect x="13.5" y="7.5" width="5" height="5" rx="1" />
        </svg>
        Sentei <span lang="ja">剪定</span>
      </button>
    </h1>
  );
}
