import { edit, PRESETS } from "../new-run/draft.ts";
import { submitDraft } from "../new-run/submit-draft.ts";

/** Runs the problem that a family shows newcomers, with a beam: the search that is worth watching. */
export async function runExample(problem: string): Promise<void> {
  edit({ text: problem, strategy: PRESETS[3]!, paused: false });
  await submitDraft(problem);
}
