import { ApiError } from "../../backend/backend.ts";
import { modelsQuery, queryClient } from "../../queries.ts";
import { startRun } from "../../state/actions.ts";
import { fetchProblems } from "../../state/api.ts";
import { showTab } from "../page.ts";
import { edit, parameterPaths, refusalOf, showMore, specOf, useDraft } from "./draft.ts";

/** Fields that can be out of sight. */
const MORE = ["policy", "sampling", "budget"];

/**
 * Starts the drafted run and shows its tree. A refusal ends here: it becomes
 * part of the draft, and the form shows it at the fields it names.
 */
export async function submitDraft(text: string): Promise<void> {
  const draft = useDraft.getState();
  if (draft.starting) return;
  useDraft.setState({ starting: true, refused: null });
  try {
    await startRun(specOf(draft, text, await queryClient.ensureQueryData(modelsQuery)));
    edit({ earlier: [] });
    showTab("tree");
    void queryClient.invalidateQueries({ queryKey: ["runs"] });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { details } = error;
    useDraft.setState({ refused: details });
    const unseen = [...MORE, ...parameterPaths(draft.strategy, "more")];
    if (unseen.some((field) => refusalOf(details, field) !== null)) showMore(true);
  } finally {
    useDraft.setState({ starting: false });
  }
}

/** Replaces the problem by the generated one of this family, level and seed. Rejects with an `ApiError`. */
export async function drawProblem(family: string, level: number, seed: number): Promise<void> {
  edit({ family, level, problemSeed: seed });
  const { problems } = await queryClient.fetchQuery({
    queryKey: ["problem", family, level, seed],
    queryFn: ({ signal }) => fetchProblems({ family, level, seed, count: 1 }, { signal }),
  });
  const latest = useDraft.getState();
  const isStale = latest.family !== family || latest.level !== level || latest.problemSeed !== seed;
  if (problems[0] && !isStale) edit({ text: problems[0].text });
}
