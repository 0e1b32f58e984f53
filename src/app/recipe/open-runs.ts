import type { Sample } from "../../protocol/training.ts";
import { showTab } from "../panels/page.ts";
import { queryClient } from "../queries.ts";
import { openRun } from "../state/actions.ts";
import { importTrace } from "../state/api.ts";
import { t } from "../words/t.ts";
import { formatX } from "./chart-words.ts";

/** Shows a run in the place of the recipe; Back leads back to it. */
export function showRun(id: string): void {
  openRun(id);
  showTab("tree");
  void queryClient.invalidateQueries({ queryKey: ["runs"] });
}

/** Makes a run of a sample's attempts, once, and shows its tree. Rejects with an `ApiError`. */
export async function openSample(sample: Sample): Promise<void> {
  const { stage, family, problem, x } = sample;
  const { id } = await queryClient.fetchQuery({
    queryKey: ["trace", stage, family, problem, x],
    queryFn: ({ signal }) => importTrace(traceOf(sample), { signal }),
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY },
  });
  showRun(id);
}

function traceOf(sample: Sample) {
  const { stage, family, problem, attempts } = sample;
  return {
    ...{ problem, family, about: t("{stage} at {place}", { stage, place: formatX(sample) }) },
    attempts: attempts.map(({ steps, answer, scores }) => ({ steps, answer, scores })),
  };
}
