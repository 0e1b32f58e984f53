import { create } from "zustand";
import { FAMILIES } from "../../problems/families.ts";
import type { Use } from "../../protocol/budget.ts";
import type { RunSpecInput } from "../../protocol/runs.ts";
import { ApiError } from "../backend/backend.ts";
import { useDraft } from "../panels/new-run/draft.ts";
import { goTo } from "../panels/page.ts";
import { modelsQuery, queryClient } from "../queries.ts";
import { createRun } from "../state/api.ts";
import { NO_COMPARISON, useCompared } from "../state/compared.ts";
import { followRun } from "../state/follow-run.ts";
import { t } from "../words/t.ts";
import { play } from "./comparison.ts";
import { type Plan, type PresetId, planOf } from "./presets.ts";

interface Start {
  /** What is being started; null: nothing. */
  readonly starting: PresetId | null;
  /** Why it was not started, or not all of it. */
  readonly refused: string | null;
  /** What a run that is not there yet waits for. */
  readonly waiting: string | null;
}

export const useStart = create<Start>()(() => ({ starting: null, refused: null, waiting: null }));

/** Starts the runs of a preset with what the form says, and shows them side by side as they grow. Resolves to why not, in words. */
export async function startComparison(id: PresetId): Promise<string | null> {
  if (useStart.getState().starting !== null) return null;
  useStart.setState({ starting: id, refused: null, waiting: null });
  try {
    const draft = useDraft.getState();
    const text = draft.text ?? FAMILIES[0]!.example;
    const models = await queryClient.ensureQueryData(modelsQuery);
    const plan = planOf(id, draft, text, models);
    if (plan === null) throw new Error(t("There is no reinforced policy here to compare with."));
    await startPlan(plan);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const refused = error instanceof ApiError ? words(error) : error.message;
    useStart.setState({ refused });
    return refused;
  } finally {
    useStart.setState({ starting: null, waiting: null });
    void queryClient.invalidateQueries({ queryKey: ["runs"] });
  }
}

async function startPlan({ specs, axis, isEqual }: Plan): Promise<void> {
  const [first, ...others] = specs as [RunSpecInput, ...RunSpecInput[]];
  const together = isEqual ? [first] : specs;
  const runs = await Promise.all(together.map((spec) => createRun(spec)));
  const ids = runs.map((run) => run.id);
  compare(ids, axis);
  if (!isEqual) return;
  useStart.setState({
    waiting: t("The next run starts when this one has ended, with its policy tokens."),
  });
  const policyTokens = await spentBy(ids[0]!);
  if (policyTokens === 0)
    throw new Error(t("The first run spent no policy tokens: there is nothing to equal."));
  const limited = others.map((spec) => ({ ...spec, budget: { ...spec.budget, policyTokens } }));
  const rest = await Promise.all(limited.map((spec) => createRun(spec)));
  // Somebody may look at something else by now.
  if (useCompared.getState().runs.join() !== ids.join()) return;
  compare([...ids, ...rest.map((run) => run.id)], axis);
}

/** Shows runs side by side and plays them from their beginnings. */
function compare(runs: readonly string[], axis: Plan["axis"]): void {
  useCompared.setState({ ...NO_COMPARISON, runs, axis, position: 0 });
  goTo("compare");
  play();
}

/** Policy tokens that a run has spent at its end. Rejects with words for people if its log cannot be read. */
async function spentBy(runId: string): Promise<number> {
  let use: Use | null = null;
  let trouble: string | null = null;
  await followRun({
    runId,
    signal: new AbortController().signal,
    onEvents: (events) => {
      const last = events.findLast((event) => "use" in event);
      if (last !== undefined) use = (last as { readonly use: Use }).use;
      return undefined;
    },
    onConnection: (connection) => {
      trouble = connection.state === "failed" ? connection.message : null;
    },
  });
  if (trouble !== null) throw new Error(trouble);
  return (use as Use | null)?.policyTokens ?? 0;
}

function words({ message, details }: ApiError): string {
  const named = details.errors?.map((error) => `${error.field}: ${error.message}`) ?? [];
  return named.length === 0 ? message : named.join(" ");
}
