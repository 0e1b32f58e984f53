import { defaultStrategy } from "../../../protocol/strategy-facts/read-parameters.ts";
import { edit } from "../new-run/draft.ts";
import { submitDraft } from "../new-run/submit-draft.ts";

/** Runs the problem that a family shows newcomers, with a beam: the search that is worth watching. */
export async function runExample(problem: string): Promise<void> {
  edit({ text: problem, strategy: defaultStrategy("beam"), paused: false });
  await submitDraft(problem);
}
