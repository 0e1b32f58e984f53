import { isReplayed } from "../../../protocol/replayed-name.ts";
import type { RunSummary } from "../../../protocol/runs.ts";
import { strategyTitle } from "../../../protocol/strategy-facts/table.ts";
import { revealControls } from "../../plain-text.ts";
import { openRun } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t, tCount, tSaid } from "../../words/t.ts";
import { showTab } from "../page.ts";
import { ShortText } from "../ShortText.tsx";
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
      title={run.error === null ? undefined : revealControls(run.error)}
      onClick={() => {
        openRun(run.id);
        showTab("tree");
      }}
    >
      <OutcomeMark mark={outcome.mark} />
      <ShortText className="mono run-problem" text={run.problem.text} />
      <span className="run-about soft">
        {revealControls(outcome.word)} ·{" "}
        {isReplayed(run.policy) ? t("replayed") : tSaid(strategyTitle(run.strategy))} ·{" "}
        {tCount(run.nodes, "{count} node", "{count} nodes")}
      </span>
      <time className="run-age soft" dateTime={run.createdAt}>
        {formatAge(Date.parse(run.createdAt), Date.now())}
      </time>
    </button>
  );
}
