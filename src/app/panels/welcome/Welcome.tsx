import "./welcome.css";
import { useFamilies } from "../../queries.ts";
import { StoryList } from "../../stories/StoryList.tsx";
import { t, tParts } from "../../words/t.ts";
import { MarkList } from "../legend/MarksKey.tsx";
import { useDraft } from "../new-run/draft.ts";
import { runExample } from "./run-example.ts";
import { SampleTree } from "./SampleTree.tsx";

/** The first page: what this is, what the marks mean, and one thing to press. */
export function Welcome() {
  const families = useFamilies();
  const starting = useDraft((draft) => draft.starting);
  const refused = useDraft((draft) => draft.refused);
  const example = families.data?.[0]?.example;
  return (
    <div className="welcome">
      <h2>{t("Watch a language model think")}</h2>
      <p className="lead">
        {t(
          "A policy proposes the next steps of a solution, a verifier scores every one of them, and a search keeps the best and prunes the rest. Here you see that tree grow, and why each branch ended.",
        )}
      </p>
      <SampleTree />
      <MarkList />
      <div className="begin">
        <button
          type="button"
          className="primary large"
          disabled={example === undefined || starting}
          onClick={() => {
            if (example !== undefined) void runExample(example);
          }}
        >
          {t(starting ? "Starting …" : "Run an example")}
        </button>
        {families.isError ? (
          <p className="field-error" role="alert">
            {families.error.message}{" "}
            <button type="button" className="link" onClick={() => void families.refetch()}>
              {t("Try again")}
            </button>
          </p>
        ) : (
          <p className="soft">
            <span className="narrow-only">{t("or choose a problem of your own under Runs")}</span>
            <span className="wide-only">
              {tParts("or choose a problem of your own and press {keys}", {
                keys: (
                  <>
                    <kbd>Ctrl</kbd> <kbd>⏎</kbd>
                  </>
                ),
              })}
            </span>
          </p>
        )}
        <StoryList />
        {refused && (
          <p className="field-error" role="alert">
            {refused.detail}
          </p>
        )}
      </div>
    </div>
  );
}
