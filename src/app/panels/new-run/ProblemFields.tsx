import { useFamilies } from "../../queries.ts";
import type { ProblemCheck } from "../../state/api.ts";
import { t } from "../../words/t.ts";
import { edit, knownAnswer, refusalOf, useDraft } from "./draft.ts";
import { PROBLEM_FIELD } from "./new-run-form.ts";
import { ProblemSets } from "./ProblemSets.tsx";
import { ProblemSource } from "./ProblemSource.tsx";
import { ProblemVerdict } from "./ProblemVerdict.tsx";

/** The problem: generated from a family, or typed. */
export function ProblemFields({ text, check }: { text: string; check: ProblemCheck | null }) {
  const families = useFamilies();
  const refused = useDraft((draft) => refusalOf(draft.refused, "problem"));
  const answer = useDraft((draft) => knownAnswer(draft, text));
  const isWrong = refused !== null || check?.ok === false;
  return (
    <fieldset className="fields">
      <legend className="unseen">{t("Problem")}</legend>
      {families.isPending && <p className="soft">{t("Loading problems …")}</p>}
      {families.isError && (
        <p className="field-error" role="alert">
          {families.error.message}{" "}
          <button type="button" className="link" onClick={() => void families.refetch()}>
            {t("Try again")}
          </button>
        </p>
      )}
      {families.data && <ProblemSource families={families.data} />}
      <ProblemSets />
      <textarea
        className="mono problem-text"
        id={PROBLEM_FIELD}
        name="problem"
        aria-label={t("Problem")}
        rows={1}
        maxLength={2000}
        required
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={text}
        aria-invalid={isWrong}
        aria-describedby="problem-verdict"
        onChange={(event) => edit({ text: event.currentTarget.value })}
      />
      <ProblemVerdict text={text} check={check} refused={refused} answer={answer} />
    </fieldset>
  );
}
