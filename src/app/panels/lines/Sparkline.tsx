import { dropMark } from "../../score-drop.ts";
import { useView } from "../../state/view.ts";
import { scoreColor } from "../../tree/score-color.ts";
import type { Fall } from "./read-line.ts";
import { polyline, sparkPoints } from "./spark-shape.ts";

const BOX = { width: 76, height: 22, pad: 4, most: 64 };

/** The scores of a line at a glance; its worst fall is red if it is one that has a mark. */
export function Sparkline({ scores, worst }: { scores: readonly number[]; worst: Fall | null }) {
  const domain = useView((view) => view.domain);
  const points = sparkPoints(scores, BOX);
  const last = points.at(-1);
  const fallAt =
    worst && dropMark(worst.before, worst.after) !== ""
      ? points.findIndex(({ index }) => index >= worst.index)
      : 0;
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      width={BOX.width}
      height={BOX.height}
      aria-hidden="true"
    >
      <polyline points={polyline(points)} />
      {fallAt > 0 && (
        <polyline className="fall" points={polyline(points.slice(fallAt - 1, fallAt + 1))} />
      )}
      {last && (
        <circle cx={last.x} cy={last.y} r="2.5" style={{ fill: scoreColor(last.score, domain) }} />
      )}
    </svg>
  );
}
