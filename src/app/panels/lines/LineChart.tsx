import type { NodeId } from "../../../protocol/events.ts";
import { formatScore } from "../../format.ts";
import { dropMark, dropWords } from "../../score-drop.ts";
import { select } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { scoreColor } from "../../tree/score-color.ts";
import { inARow } from "../../words/node-words.ts";
import { t, tCount } from "../../words/t.ts";
import type { Line } from "./read-line.ts";
import { polyline, type SparkPoint, sparkPoints } from "./spark-shape.ts";

/** `pad` is half of the slider's thumb in lines.css, so that the thumb is where the point is. */
const BOX = { width: 308, height: 76, pad: 10, most: 200 };
/** More points than these are a curve and no dots. */
const MOST_DOTS = 40;

/** The scores along one line. A slider lies over it: a click or an arrow key selects a step. */
export function LineChart({ line, selected }: { line: Line; selected: NodeId | null }) {
  const points = sparkPoints(line.scores, BOX);
  const step = selected === null ? -1 : line.nodes.indexOf(selected);
  const current = step < 0 ? line.nodes.length - 1 : step;
  return (
    <div className="line-chart">
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="img" aria-label={summary(line)}>
        {[0, 0.5, 1].map((score) => (
          <line
            key={score}
            x1="0"
            x2={BOX.width}
            y1={BOX.pad + score * (BOX.height - 2 * BOX.pad)}
            y2={BOX.pad + score * (BOX.height - 2 * BOX.pad)}
          />
        ))}
        <polyline points={polyline(points)} />
        {points.map((point, i) => (
          <Dot
            key={point.index}
            point={point}
            before={points[i - 1]?.score ?? Number.NaN}
            isCurrent={point.index === step}
            isShown={points.length <= MOST_DOTS}
          />
        ))}
      </svg>
      <input
        type="range"
        min={1}
        max={line.nodes.length}
        value={current + 1}
        aria-label={t("Step of the line")}
        aria-valuetext={stepWords(line, current)}
        title={t("Select a step of the line")}
        onChange={(event) => select(line.nodes[event.target.valueAsNumber - 1]!)}
        onClick={() => select(line.nodes[current]!)}
      />
    </div>
  );
}

interface DotProps {
  point: SparkPoint;
  /** Score of the point before, NaN for none. */
  before: number;
  isCurrent: boolean;
  /** Otherwise only a current or marked one is drawn. */
  isShown: boolean;
}

function Dot({ point: { x, y, score }, before, isCurrent, isShown }: DotProps) {
  const domain = useView((view) => view.domain);
  const mark = dropMark(before, score);
  if (!isShown && !isCurrent && mark === "") return null;
  return (
    <>
      {isCurrent && <circle className="current" cx={x} cy={y} r="7" />}
      <circle cx={x} cy={y} r="3.5" style={{ fill: scoreColor(score, domain) }} />
      {mark !== "" && (
        <text className="drop-mark" x={x} y={y > BOX.height / 2 ? y - 9 : y + 17}>
          {mark}
        </text>
      )}
    </>
  );
}

function summary({ scores, worst, unit }: Line): string {
  const known = scores.filter((score) => !Number.isNaN(score));
  if (known.length === 0) {
    return unit === "token"
      ? tCount(
          scores.length,
          "{count} token, none of them scored",
          "{count} tokens, none of them scored",
        )
      : tCount(
          scores.length,
          "{count} step, none of them scored",
          "{count} steps, none of them scored",
        );
  }
  const ends = { from: formatScore(known[0]!), to: formatScore(known.at(-1)!) };
  const fall = worst && dropWords(worst.before, worst.after);
  return fall
    ? t("Scores along the line, from {from} to {to}; worst: {fall} at step {number}", {
        ...{ ...ends, fall, number: worst.index + 1 },
      })
    : t("Scores along the line, from {from} to {to}", ends);
}

function stepWords({ scores, unit }: Line, index: number): string {
  const before = scores.slice(0, index).findLast((score) => !Number.isNaN(score)) ?? Number.NaN;
  const score = scores[index]!;
  const fall = unit === "step" ? dropWords(before, score) : "";
  return inARow([
    t(unit === "token" ? "token {number} of {count}" : "step {number} of {count}", {
      ...{ number: index + 1, count: scores.length },
    }),
    Number.isNaN(score) ? t("not scored") : t("score {score}", { score: formatScore(score) }),
    ...(fall === "" ? [] : [fall]),
  ]);
}
