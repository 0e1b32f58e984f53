import { modelsOf, rowCount, runOf } from "../protocol/evaluation-runs.ts";
import { type EvaluationSpec, type EvaluationState, MOST_ROWS } from "../protocol/evaluations.ts";
import type { ModelStamp, Problem } from "../protocol/events.ts";
import type { ModelList } from "../protocol/runs.ts";
import { acceptRun } from "../runs/accept-run.ts";
import { fieldProblem, HttpProblem } from "../runs/http-problem.ts";
import { type ProblemSources, problemsOf } from "./problem-set.ts";

/** An evaluation that can be run. */
export interface AcceptedEvaluation {
  readonly spec: EvaluationSpec;
  readonly problems: readonly Problem[];
  readonly models: EvaluationState["models"];
}

export interface AcceptOptions extends ProblemSources {
  readonly models: ModelList;
  readonly limits: { readonly nodes: number };
}

/** Checks what a schema cannot. Rejects with an `HttpProblem` 422 that names the field. */
export async function acceptEvaluation(
  spec: EvaluationSpec,
  { models, limits, ...sources }: AcceptOptions,
): Promise<AcceptedEvaluation> {
  const problems = await problemsOf(spec.problems, sources);
  const rows = rowCount(spec, problems.length);
  if (rows > MOST_ROWS) {
    const message = `all together that is ${rows} runs; an evaluation may have ${MOST_ROWS}`;
    throw fieldProblem({ field: "problems", message });
  }
  // What a run may be does not depend on the problem, but for its family.
  const examples = [...Map.groupBy(problems, ({ family }) => family).values()].map(
    ([first]) => first!,
  );
  const stamps = spec.arms.map((_, arm) => {
    const accepted = spec.budgets.flatMap((_, budget) =>
      examples.map((problem) => {
        try {
          return acceptRun(runOf(spec, problem, { arm, budget, repeat: 0 }), { models, limits });
        } catch (error) {
          throw ofArm(spec, arm, error);
        }
      }),
    );
    const { policy, verifier } = accepted[0]!;
    return { policy: policy as ModelStamp, verifier };
  });
  return { spec: counted(spec, problems.length), problems, models: stamps };
}

/** The same, with the size of its uploaded set. */
function counted(spec: EvaluationSpec, count: number): EvaluationSpec {
  const { problems } = spec;
  return problems.kind === "uploaded" ? { ...spec, problems: { ...problems, count } } : spec;
}

/** The same complaint, about the field of the evaluation that it is about. */
function ofArm(spec: EvaluationSpec, arm: number, error: unknown): unknown {
  const [refused] = error instanceof HttpProblem ? error.errors : [];
  if (refused === undefined) return error;
  const { field } = refused;
  const own: Readonly<Record<string, unknown>> = spec.arms[arm]!;
  const isShared = (field === "policy" || field === "verifier") && own[field] === undefined;
  return fieldProblem({ ...refused, field: isShared ? field : `arms.${arm}.${field}` });
}

/** Whether every model of an evaluation is still the one that it was made with. */
export function sameModels(
  { spec, models }: Pick<EvaluationState, "spec" | "models">,
  list: ModelList,
): boolean {
  const revisionOf = (cards: ModelList["policies"], name: string) =>
    cards.find((card) => card.name === name)?.revision;
  return spec.arms.every((arm, i) => {
    const { policy, verifier } = modelsOf(spec, arm);
    const made = models[i]!;
    return (
      revisionOf(list.policies, policy) === made.policy.revision &&
      (verifier === null || revisionOf(list.verifiers, verifier) === made.verifier?.revision)
    );
  });
}
