import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EvaluationState } from "../../protocol/evaluations.ts";
import { Icon } from "../panels/Icon.tsx";
import { revealControls } from "../plain-text.ts";
import { NO_EVALUATION, useEvaluated } from "../state/evaluated.ts";
import { inARow } from "../words/node-words.ts";
import { t, tCount } from "../words/t.ts";
import { AccuracySection } from "./accuracy/AccuracySection.tsx";
import type { Evaluated } from "./evaluated.ts";
import { evaluationQuery, isGoing, problemsQuery, rowsQuery } from "./evaluations-query.ts";
import { FlipsSection } from "./flips/FlipsSection.tsx";
import { Looks } from "./Looks.tsx";
import { OptimalSection } from "./optimal/OptimalSection.tsx";
import { optimalOf } from "./optimal/optimal.ts";
import { OverSection } from "./over/OverSection.tsx";
import { ofFamily } from "./problems/parts.ts";
import { RevisionsSection } from "./revisions/RevisionsSection.tsx";
import { Actions } from "./standing/Actions.tsx";
import { Files } from "./standing/Files.tsx";
import { Progress } from "./standing/Progress.tsx";

/** One evaluation: how it stands, and what it says so far. */
export function OneEvaluation({ id }: { id: string }) {
  const state = useQuery(evaluationQuery(id));
  const problems = useQuery(problemsQuery(id));
  const trouble = state.error ?? problems.error;
  return (
    <>
      <nav aria-label={t("Evaluations")}>
        <button type="button" className="back" onClick={() => useEvaluated.setState(NO_EVALUATION)}>
          <Icon name="prevEvent" /> {t("All evaluations")}
        </button>
      </nav>
      {trouble !== null && (
        <p className="field-error" role="alert">
          {trouble.message}
        </p>
      )}
      {state.data && <Head state={state.data} />}
      {state.data && problems.data && <Findings state={state.data} problems={problems.data} />}
    </>
  );
}

function Head({ state }: { state: EvaluationState }) {
  const { spec, rows, id } = state;
  return (
    <header className="page-head">
      <h2>{revealControls(spec.name)}</h2>
      <p>{aboutWords(state)}</p>
      <div className="standing">
        <div role="status">
          <Progress state={state} />
        </div>
        <Actions state={state} />
        {rows > 0 && <Files id={id} />}
      </div>
    </header>
  );
}

/** What is run with which models, in a sentence. */
function aboutWords({ spec, problems }: EvaluationState): string {
  const runs = spec.seeds.length;
  const what = inARow([
    tCount(problems, "{count} held-out problem", "{count} held-out problems"),
    tCount(spec.arms.length, "{count} strategy", "{count} strategies"),
    tCount(spec.budgets.length, "{count} budget", "{count} budgets"),
    ...(runs > 1 ? [t("{count} runs each", { count: runs })] : []),
  ]);
  const policy = revealControls(spec.policy);
  if (spec.verifier === null) return t("{what}; {policy}", { what, policy });
  return t("{what}; {policy} with {verifier}", {
    ...{ what, policy, verifier: revealControls(spec.verifier) },
  });
}

function Findings({ state, problems }: Pick<Evaluated, "state" | "problems">) {
  const rows = useQuery(rowsQuery(state));
  if (rows.isError) {
    return (
      <p className="field-error" role="alert">
        {rows.error.message}
      </p>
    );
  }
  if (rows.data === undefined) return <p className="soft">{t("Loading …")}</p>;
  if (rows.data.length === 0) {
    return (
      <p className="soft nothing">
        {isGoing(state.status)
          ? t("Charts grow here as soon as the first problem is done.")
          : t("Nothing was done before it ended.")}
      </p>
    );
  }
  return <Sections {...{ state, problems }} rows={rows.data} />;
}

function Sections({ state, problems, rows }: Evaluated) {
  // The state changes every second while it runs, and no chart depends on that.
  const { id, spec } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the state, only its spec is read of it
  const evaluated = useMemo(() => ({ state, problems, rows }), [id, problems, rows]);
  const shown = useEvaluated((view) => view.family);
  const unit = useEvaluated((view) => view.unit);
  const isOracle = useEvaluated((view) => view.isOracle);
  const family = shown === "each" ? null : shown;
  const part = useMemo(() => ofFamily(evaluated, family), [evaluated, family]);
  const optimal = useMemo(
    () => optimalOf(part.rows, { spec: evaluated.state.spec, unit, isOracle }),
    [part, evaluated, unit, isOracle],
  );
  return (
    <>
      <Looks {...{ spec, problems }} />
      <AccuracySection evaluated={evaluated} optimal={optimal} />
      <OptimalSection evaluated={evaluated} optimal={optimal} family={family} />
      <OverSection evaluated={evaluated} part={part} />
      <RevisionsSection evaluated={evaluated} part={part} />
      <FlipsSection evaluated={evaluated} part={part} />
    </>
  );
}
