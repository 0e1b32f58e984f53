import { flushSync } from "react-dom";
import { MOST_EARLIER } from "../../../protocol/events.ts";
import { backend } from "../../backend/backend.ts";
import { t } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { edit } from "../new-run/draft.ts";
import { PROBLEM_FIELD } from "../new-run/new-run-form.ts";
import { showTab } from "../page.ts";
import { turnsAfter } from "./turns-after.ts";

/** Goes on with the conversation: the next run of the form comes after this one. */
export function AskNext() {
  const { tree } = useMoment();
  const turns = turnsAfter(tree);
  if (turns === null || !backend().searches) return null;
  const isFull = turns.length > MOST_EARLIER;
  return (
    <button
      type="button"
      className="outlined ask-next"
      disabled={isFull}
      title={
        isFull
          ? t("A conversation has at most {count} questions", { count: MOST_EARLIER + 1 })
          : t(
              "Ask another problem with this one and its answer in front of it, without its reasoning",
            )
      }
      onClick={() => {
        // The field is out of reach on a narrow screen until its tab is shown.
        flushSync(() => {
          edit({ earlier: turns });
          showTab("new");
        });
        const field = document.getElementById(PROBLEM_FIELD);
        if (field instanceof HTMLTextAreaElement) {
          field.focus();
          field.select();
        }
      }}
    >
      {t("Ask next")}
    </button>
  );
}
