import type { RunSummary } from "../../../protocol/runs.ts";
import { formatPlural } from "../../format.ts";
import { openRun } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { strategyName } from "../new-run/strategy-words.ts";
import { showTab } from "../page.ts";
import { OutcomeMark } from "./OutcomeMark.tsx";
import { formatAge, outcomeOf } from "./run-words.ts";

/** One run of the list; pressing it opens the run. */
export function RunRow({ run }: { run: RunSummary }) {
  const isOpen = useView((view) => view.runId === run.id);
  const outcome = outcomeOf(run);
  return (
    <button
      type="button"
      className="run-row-button"
      aria-current={isOpen}
      title={run.error ?? run.problem.text}
      onClick={() => {
        openRun(run.id);
        showTab("tree");
      }}
    >
      <OutcomeMark mark={outcome.mark} />
      <bdi className="mono run-problem">{run.problem.text}</bdi>
      <span className="run-about soft">
        {outcome.word} · {strategyName(run.strategy)} · {formatPlural(run.nodes, "node")}
      </span>
      <time className="run-age soft" dateTime={run.createdAt}>
        {formatAge(Date.parse(run.createdAt), Date.now())}
      </time>
    </button>
  );
}
