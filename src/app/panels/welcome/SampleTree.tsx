import "../legend/mark.css";
import { SCORE_COLORS } from "../../tree/score-color.ts";
import { t } from "../../words/t.ts";

interface SampleNode {
  readonly x: number;
  readonly y: number;
  readonly parent: number;
  readonly score: number;
  readonly text: string;
  readonly isPruned?: true;
  readonly end?: "right" | "wrong";
}

/** A search of 3 rounds that keeps 2 of 4, drawn by hand as the canvas would draw it. */
const NODES: readonly SampleNode[] = [
  { x: 12, y: 98, parent: -1, score: Number.NaN, text: "(7+5)*9-14*3" },
  { x: 156, y: 38, parent: 0, score: 0.34, text: "(7+5)*9-17", isPruned: true },
  { x: 156, y: 78, parent: 0, score: 0.93, text: "12*9-14*3" },
  { x: 156, y: 118, parent: 0, score: 0.78, text: "(7+5)*9-42" },
  { x: 156, y: 158, parent: 0, score: 0.12, text: "13*9-14*3", isPruned: true },
  { x: 292, y: 38, parent: 2, score: 0.22, text: "107-14*3", isPruned: true },
  { x: 292, y: 78, parent: 2, score: 0.95, text: "108-14*3" },
  { x: 292, y: 118, parent: 3, score: 0.71, text: "12*9-42" },
  { x: 292, y: 158, parent: 3, score: 0.3, text: "11*9-42", isPruned: true },
  { x: 412, y: 78, parent: 6, score: 0.97, text: "66", end: "right" },
  { x: 412, y: 118, parent: 7, score: 0.41, text: "56", end: "wrong" },
];

/** Width of a character of a step, in the units of the picture. */
const CHARACTER = 6.4;

const CHOSEN = new Set([0, 2, 6, 9]);

/** A small tree that shows what the marks mean before there is a real one. */
export function SampleTree() {
  return (
    <svg
      className="sample-tree"
      viewBox="0 0 450 182"
      role="img"
      aria-label={t(
        "A sample tree: of four first steps two are kept, coloured by their scores, and two are pruned and faded. The path to the right answer is highlighted.",
      )}
    >
      <text className="head" x={150} y={14}>
        {t("keep 2 of 4")}
      </text>
      <text className="head" x={286} y={14}>
        {t("keep 2 of 4")}
      </text>
      <text className="head" x={405} y={14}>
        {t("answers")}
      </text>
      {NODES.map((node, i) => (
        <Edge key={node.text} node={node} isChosen={CHOSEN.has(i)} />
      ))}
      {NODES.map((node) => (
        <SampleMark key={node.text} node={node} />
      ))}
    </svg>
  );
}

function Edge({ node, isChosen }: { node: SampleNode; isChosen: boolean }) {
  const from = NODES[node.parent];
  if (!from) return null;
  const start = from.x + 16 + from.text.length * CHARACTER;
  const middle = (start + node.x) / 2;
  const path = `M${start} ${from.y}C${middle} ${from.y} ${middle} ${node.y} ${node.x - 8} ${node.y}`;
  return (
    <>
      {isChosen && <path className="halo" d={path} />}
      <path className="edge" d={path} data-pruned={node.isPruned} />
    </>
  );
}

function SampleMark({ node: { x, y, score, text, isPruned, end } }: { node: SampleNode }) {
  const fill = Number.isNaN(score)
    ? "none"
    : SCORE_COLORS[Math.floor(score * (SCORE_COLORS.length - 1))]!;
  return (
    <g className="sample-mark" data-pruned={isPruned}>
      {end ? (
        <rect x={x - 7} y={y - 7} width="14" height="14" rx="2.5" fill={fill} />
      ) : (
        <circle cx={x} cy={y} r={isPruned ? 4 : 6} fill={fill} />
      )}
      {end && <EndGlyph x={x} y={y} end={end} />}
      <text x={x + 12} y={y + 3.5}>
        {text}
      </text>
      {!Number.isNaN(score) && (
        <text className="score" x={x + 12} y={y + 15}>
          {score.toFixed(2)}
        </text>
      )}
    </g>
  );
}

function EndGlyph({ x, y, end }: { x: number; y: number; end: "right" | "wrong" }) {
  const path =
    end === "right"
      ? `M${x - 3.5} ${y}l2.5 2.5 4.5-5`
      : `M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`;
  return (
    <>
      <path className="under" d={path} />
      <path className="over" d={path} />
    </>
  );
}
