import "./find.css";
import { formatCount } from "../../format.ts";
import { closeFind, FIND_FIELD } from "../../run-command.ts";
import { findText, hitsShown, LONGEST_QUERY, stepHit } from "../../state/find.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { useMoment } from "../moment.ts";
import { usePage } from "../page.ts";

/** Finds a text in the steps: hits are gone through one by one, and everything else is dimmed. */
export function FindBar() {
  const isOpen = usePage((page) => page.finding);
  const query = useView((view) => view.find.query);
  return isOpen || query !== "" ? <OpenFindBar /> : null;
}

function OpenFindBar() {
  const find = useView((view) => view.find);
  const { tree, at } = useMoment();
  const shown = hitsShown({ tree, at, find });
  const later = find.hits.length - shown;
  return (
    <search className="find-bar">
      <input
        id={FIND_FIELD}
        type="text"
        aria-label={t("Find in the steps")}
        placeholder={t("Find in the steps")}
        maxLength={LONGEST_QUERY}
        spellCheck={false}
        autoComplete="off"
        value={find.query}
        onChange={(event) => findText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") stepHit(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") closeFind();
          else return;
          event.preventDefault();
        }}
      />
      <output
        className="soft"
        title={later > 0 ? t("and {count} after this moment", { count: later }) : undefined}
      >
        {find.query === "" ? "" : countWords(find.current, shown)}
      </output>
      <button
        type="button"
        className="icon"
        aria-label={t("Previous hit")}
        title={t("Previous hit (Shift Enter)")}
        disabled={shown === 0}
        onClick={() => stepHit(-1)}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        className="icon"
        aria-label={t("Next hit")}
        title={t("Next hit (Enter)")}
        disabled={shown === 0}
        onClick={() => stepHit(1)}
      >
        <Icon name="down" />
      </button>
      <button
        type="button"
        className="icon"
        aria-label={t("End the search for a text")}
        title={t("End the search (Esc)")}
        onClick={closeFind}
      >
        <Icon name="cross" />
      </button>
    </search>
  );
}

/** `3 / 41`; before the first was gone to, how many there are. */
function countWords(current: number, shown: number): string {
  if (shown === 0) return t("none");
  if (current < 0 || current >= shown) return formatCount(shown);
  return `${formatCount(current + 1)} / ${formatCount(shown)}`;
}
