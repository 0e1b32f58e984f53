import { create } from "zustand";
import type { ModelList, ProblemDetails } from "../../protocol/runs.ts";
import { ApiError } from "../backend/backend.ts";
import { queryClient } from "../queries.ts";
import { NO_EVALUATION, useEvaluated } from "../state/evaluated.ts";
import { evaluationsQuery, openEvaluations } from "./evaluations-query.ts";
import { type Experiment, specOf } from "./experiment.ts";

interface Draft {
  /** What was typed; `null`: nobody has, and the first preset stands there. */
  readonly experiment: Experiment | null;
  readonly isOpen: boolean;
  readonly isStarting: boolean;
  /** Why the server did not start it; gone with the next change. */
  readonly refused: ProblemDetails | null;
}

/** Kept while the page shows other things. */
export const useDraft = create<Draft>()(() => ({
  ...{ experiment: null, isOpen: false, isStarting: false, refused: null },
}));

/** Shows the form, with this in it if it is told. */
export function openForm(experiment?: Experiment): void {
  useDraft.setState({ isOpen: true, ...(experiment && { experiment, refused: null }) });
  useEvaluated.setState(NO_EVALUATION);
}

export function closeForm(): void {
  useDraft.setState({ isOpen: false });
}

export function edit(experiment: Experiment): void {
  useDraft.setState({ experiment, refused: null });
}

/** The models that presets and the form begin with. */
export function usualOf({ policies, verifiers }: ModelList) {
  const policy = policies.find(({ name }) => name === "sentei-s") ?? policies[0];
  const verifier = verifiers.find(({ name }) => name === "sentei-prm") ?? verifiers[0];
  return { policy, names: { policy: policy?.name ?? "", verifier: verifier?.name ?? "" } };
}

/** Starts an evaluation and shows it. What the server says against it is kept for the form. */
export async function start(experiment: Experiment): Promise<void> {
  const read = specOf(experiment);
  if ("faults" in read || useDraft.getState().isStarting) return;
  useDraft.setState({ isStarting: true, refused: null });
  try {
    const { id } = await (await openEvaluations()).start(read.spec);
    await queryClient.invalidateQueries({ queryKey: evaluationsQuery.queryKey });
    closeForm();
    useEvaluated.setState({ ...NO_EVALUATION, id });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    useDraft.setState({ refused: error.details, isOpen: true, experiment });
  } finally {
    useDraft.setState({ isStarting: false });
  }
}
