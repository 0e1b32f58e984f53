import { queryClient } from "./queries.ts";
import { useView } from "./state/view.ts";

/** Keeps the list of runs in step with the one on screen: it is asked for again when that one begins, pauses or ends. */
export function refreshRunsWithView(): void {
  let known = "";
  useView.subscribe(({ runId, tree, connection }) => {
    const now = [runId, connection.state, tree.seq >= 0, tree.pausedAt(), tree.ending?.type].join();
    if (now === known) return;
    known = now;
    void queryClient.invalidateQueries({ queryKey: ["runs", "list"] });
  });
}
