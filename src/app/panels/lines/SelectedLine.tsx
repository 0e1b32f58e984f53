import { useMemo, useState } from "react";
import { type NodeId, ROOT } from "../../../protocol/events.ts";
import { formatScore } from "../../format.ts";
import { dropMark, dropWords } from "../../score-drop.ts";
import { focusNode, select } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { measured, useSlowMoment } from "../side/slow-moment.ts";
import { LineChart } from "./LineChart.tsx";
import { lineThrough } from "./line-through.ts";
import { type Fall, readLine } from "./read-line.ts";

/**
 * The scores along the line of the selected node; of the best line without one. Going
 * along a line keeps the whole of it in view.
 */
export function SelectedLine({ ends }: { ends: readonly NodeId[] }) {
  const { tree, version, at } = useSlowMoment();
  const selected = useView((view) => view.selected);
  const [last, setLast] = useState<NodeId | null>(null);
  const end = lineOf();
  if (end !== last) setLast(end);
  const line = useMemo(
    () => (end === null ? null : measured(() => ({ version, ...readLine(tree, end, at) }))),
    [tree, version, at, end],
  );
  if (line === null) return null;
  return (
    <figure className="selected-line">
      <figcaption>
        <span className="soft">
          {selected === null
            ? t("best line")
            : t("line of node {node}", { node: String(selected) })}
        </span>
        {line.worst && <FallButton fall={line.worst} />}
      </figcaption>
      <LineChart line={line} selected={selected} />
    </figure>
  );

  function lineOf(): NodeId | null {
    const known = [...(last === null ? [] : [last]), ...ends].filter(isThere);
    if (selected === null) return ends.find(isThere) ?? null;
    if (selected === ROOT || !isThere(selected)) return known[0] ?? null;
    return lineThrough(tree, selected, known);
  }

  function isThere(node: NodeId): boolean {
    return node < tree.count && node !== ROOT && tree.announcedSeq[node]! <= at;
  }
}

/** Goes to where the line's score falls most. */
function FallButton({ fall }: { fall: Fall }) {
  const { node, index, before, after } = fall;
  const mark = dropMark(before, after);
  if (mark === "") return null;
  return (
    <button
      type="button"
      className="to-fall"
      title={t("Go to the worst drop of this line: {fall}", { fall: dropWords(before, after) })}
      onClick={() => {
        select(node);
        focusNode(node);
      }}
    >
      <span className="drop-mark">{mark}</span>{" "}
      {t("step {number}: {before} → {after}", {
        ...{ number: index + 1, before: formatScore(before), after: formatScore(after) },
      })}
    </button>
  );
}
