import "./lines.css";
import { type ReactNode, useMemo, useState } from "react";
import type { NodeId } from "../../../protocol/events.ts";
import { focusNode, peek, select } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t, tCount } from "../../words/t.ts";
import { measured, useSlowMoment } from "../side/slow-moment.ts";
import { type BestLines, bestLines } from "./best-lines.ts";
import { begin, follow } from "./hold.ts";
import { LineRow } from "./LineRow.tsx";
import { MOST_LINES, useLinesView } from "./lines-view.ts";
import { type Line, readLine } from "./read-line.ts";
import { SelectedLine } from "./SelectedLine.tsx";

/** The best lines of reasoning at the moment that is shown, as chess programs list their variations. */
export function LinesPanel() {
  const runId = useView((view) => view.runId);
  return (
    <section className="panel lines" aria-labelledby="lines-title">
      {runId === null ? (
        <>
          <header>
            <h2 id="lines-title">{t("Lines")}</h2>
          </header>
          <p className="soft">
            {t(
              "Here stand the best lines of a run, from the problem to their last step: how their scores went, where they fell, and what they answer.",
            )}
          </p>
        </>
      ) : (
        <Lines key={runId} />
      )}
    </section>
  );
}

function Lines() {
  const [isHeld, setHeld] = useState(false);
  const { shown, waiting, showNewest } = useLines(isHeld);
  const selected = useView((view) => view.selected);
  const lines = useMemo(
    () => measured(() => shown.ends.map((end) => readLine(shown.tree, end, shown.at))),
    [shown],
  );
  const chosen = shown.tree.selectedAt(shown.at)?.path.at(-1) ?? null;
  return (
    <>
      <SelectedLine ends={shown.ends} />
      <header>
        <h2 id="lines-title">{t("Lines")}</h2>
        <span className="end" role="status">
          {waiting > 0 && (
            <button type="button" className="waiting" onClick={showNewest}>
              {tCount(waiting, "{count} update waiting", "{count} updates waiting")}
            </button>
          )}
        </span>
      </header>
      <div className="lines-wanted">
        <LinesWantedFields />
        <WorstDrop lines={lines} />
      </div>
      <HoldArea onHold={setHeld}>
        {lines.length === 0 && <p className="soft">{nothingWords(shown)}</p>}
        <ol>
          {lines.map((line, i) => (
            <LineRow
              key={line.end}
              line={line}
              rank={i + 1}
              isSelected={line.end === selected}
              isChosen={line.end === chosen}
            />
          ))}
        </ol>
      </HoldArea>
      {lines.length > 0 && <p className="soft">{countWords(shown)}</p>}
    </>
  );
}

/** The best lines of the moment, or those of the one at which they began to be held. */
function useLines(isHeld: boolean) {
  const { tree, version, at } = useSlowMoment();
  const wanted = useLinesView();
  const newest = useMemo(
    () => measured(() => ({ version, ...bestLines(tree, at, wanted) })),
    [tree, version, at, wanted],
  );
  const [hold, setHold] = useState(() => begin<BestLines>(newest));
  const now = follow(hold, newest, isHeld, isSameList);
  if (now !== hold) setHold(now);
  return { ...now, showNewest: () => setHold(begin(now.newest)) };
}

/** Whether a reader would see the same list. */
function isSameList(a: BestLines, b: BestLines): boolean {
  return (
    a.ends.length === b.ends.length &&
    a.ends.every(
      (end, i) =>
        end === b.ends[i] &&
        a.tree.statusAt(end, a.at) === b.tree.statusAt(end, b.at) &&
        Object.is(a.tree.scoreAt(end, a.at), b.tree.scoreAt(end, b.at)),
    )
  );
}

function LinesWantedFields() {
  const { most, alsoPruned } = useLinesView();
  return (
    <>
      <label>
        {t("best")}
        <select
          value={most}
          aria-label={t("How many lines")}
          onChange={(event) => useLinesView.setState({ most: Number(event.target.value) })}
        >
          {MOST_LINES.map((count) => (
            <option key={count}>{count}</option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={alsoPruned}
          onChange={(event) => useLinesView.setState({ alsoPruned: event.target.checked })}
        />
        {t("also pruned")}
      </label>
    </>
  );
}

/** Says when somebody reads what is in it: while the pointer, or the focus of the keyboard, is there. */
function HoldArea({ onHold, children }: { onHold: (held: boolean) => void; children: ReactNode }) {
  return (
    <fieldset
      aria-labelledby="lines-title"
      ref={stopPeeking}
      onPointerEnter={(event) => event.pointerType !== "touch" && onHold(true)}
      onPointerLeave={(event) => onHold(hasKeyboardFocus(event.currentTarget))}
      onFocus={(event) => event.target.matches(":focus-visible") && onHold(true)}
      onBlur={(event) => onHold(event.currentTarget.matches(":hover"))}
    >
      {children}
    </fieldset>
  );
}

function hasKeyboardFocus(area: Element): boolean {
  return area.querySelector(":focus-visible") !== null;
}

/** A list that goes away while the pointer is on it never sees the pointer leave. */
function stopPeeking(): () => void {
  return () => peek(null);
}

/** Goes to the step after which the score fell most, of all lines that are listed. */
function WorstDrop({ lines }: { lines: readonly Line[] }) {
  let worst: Line["worst"] = null;
  let depth = 0;
  for (const { worst: fall } of lines) {
    if (fall === null || fall.before - fall.after <= depth) continue;
    depth = fall.before - fall.after;
    worst = fall;
  }
  const node: NodeId | null = worst?.node ?? null;
  return (
    <button
      type="button"
      disabled={node === null}
      title={t("Go to the step at which the score of these lines falls most")}
      onClick={() => {
        select(node);
        if (node !== null) focusNode(node);
      }}
    >
      {t("Worst drop")}
    </button>
  );
}

function countWords({ ends, living, pruned }: BestLines): string {
  return t("Showing {shown} of {count}: {living} in the running, {pruned} pruned.", {
    ...{ shown: ends.length, count: living + pruned, living, pruned },
  });
}

function nothingWords({ pruned }: BestLines): string {
  return t(pruned > 0 ? "All lines are pruned at this moment." : "No step has been proposed yet.");
}
