import "./new-run.css";
import { FAMILIES } from "../../../problems/families.ts";
import { CompareMenu } from "../../compare/CompareMenu.tsx";
import { checkProblem } from "../../state/api.ts";
import { t } from "../../words/t.ts";
import { CostEstimate } from "./CostEstimate.tsx";
import { knownAnswer, parameterPaths, refusalElsewhere, useDraft } from "./draft.ts";
import { EarlierTurns } from "./EarlierTurns.tsx";
import { MoreFields } from "./MoreFields.tsx";
import { NEW_RUN_FORM } from "./new-run-form.ts";
import { ProblemFields } from "./ProblemFields.tsx";
import { RunButton } from "./RunButton.tsx";
import { StrategyFields } from "./StrategyFields.tsx";
import { submitDraft } from "./submit-draft.ts";
import { usePolicy } from "./use-policy.ts";

/** Fields that show their own refusal; whatever else the server names is shown above the button. */
const FIELDS = [
  "problem",
  "earlier",
  "policy",
  "verifier",
  "second",
  "seed",
  "sampling.temperature",
  "sampling.topK",
  "sampling.topP",
  "budget",
];

/** Everything that makes a run: the problem, the strategy and what it may spend. */
export function NewRunPanel() {
  const draft = useDraft();
  // Known without the server: what came later would come in between the words of whoever types already.
  const text = draft.text ?? FAMILIES[0]?.example ?? "";
  const readsAll = usePolicy()?.remote !== undefined;
  const isKnown = knownAnswer(draft, text) !== null;
  const check = text.trim() === "" ? null : checkProblem(text, { readsAll: isKnown || readsAll });
  const elsewhere = refusalElsewhere(draft.refused, [
    ...FIELDS,
    ...parameterPaths(draft.strategy, "all"),
  ]);
  return (
    <section className="panel new-run" aria-labelledby="new-run-title">
      <header>
        <h2 id="new-run-title">{t("New run")}</h2>
      </header>
      <form
        id={NEW_RUN_FORM}
        onSubmit={(event) => {
          event.preventDefault();
          if (check?.ok) void submitDraft(text);
        }}
      >
        <EarlierTurns />
        <ProblemFields text={text} check={check} />
        <StrategyFields />
        <MoreFields />
        {check?.ok && <CostEstimate problem={check.problem} />}
        {elsewhere !== null && (
          <p className="field-error" role="alert">
            {elsewhere}
          </p>
        )}
        <RunButton ready={check?.ok === true} />
        <CompareMenu />
      </form>
    </section>
  );
}
