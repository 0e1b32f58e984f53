import { formatScore } from "../../format.ts";
import { useView } from "../../state/view.ts";
import { scoreColor } from "../../tree/score-color.ts";
import { t, tCount } from "../../words/t.ts";
import { type DotColumn, dotColumns } from "./dot-plot.ts";
import type { Candidate, Round } from "./read-round.ts";

const WIDTH = 308;
const PAD = 6;
const STEP = 6;
const COLUMNS = (WIDTH - 2 * PAD) / STEP;
const TOP = 14;
const BASE = 70;
const HEIGHT = 86;
/** Dots that are nearer to each other than this are a bar. */
const LEAST_STEP = 3;

/** The scores of a round on an axis, with the cut line: how clear the decision was. */
export function DotPlot({ round }: { round: Round }) {
  const kept = round.kept.map(scoreOf);
  const pruned = round.losers.flatMap(({ candidates }) => candidates.map(scoreOf));
  const columns = dotColumns(kept, pruned, Math.floor(COLUMNS));
  if (columns.length === 0) return null;
  const most = Math.max(...columns.map((column) => column.kept + column.pruned));
  const rise = Math.min(STEP, (BASE - TOP) / most);
  return (
    <svg
      className="dot-plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={plotWords(round, [...kept, ...pruned])}
    >
      <line className="axis" x1="0" x2={WIDTH} y1={BASE} y2={BASE} />
      {[0, 0.5, 1].map((score) => (
        <text key={score} x={xOf(score)} y={HEIGHT - 3} className={ANCHORS.get(score) ?? ""}>
          {score}
        </text>
      ))}
      {columns.map((column) => (
        <Column key={column.index} column={column} rise={rise} />
      ))}
      {round.cut !== null && <Cut score={round.cut} />}
    </svg>
  );
}

const ANCHORS = new Map([
  [0, "first"],
  [1, "last"],
]);

/** Those that are kept below, those that are pruned above them, fainter. */
function Column({ column, rise }: { column: DotColumn; rise: number }) {
  const domain = useView((view) => view.domain);
  const { index, kept, pruned } = column;
  const fill = scoreColor((index + 0.5) / Math.floor(COLUMNS), domain);
  const x = PAD + index * STEP;
  if (rise < LEAST_STEP) {
    const [up, down] = [kept * rise, pruned * rise];
    return (
      <g style={{ fill }}>
        <rect x={x + 0.5} y={BASE - up} width={STEP - 1} height={up} />
        <rect className="pruned" x={x + 0.5} y={BASE - up - down} width={STEP - 1} height={down} />
      </g>
    );
  }
  return (
    <g style={{ fill }}>
      {Array.from({ length: kept + pruned }, (_, i) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: dots of a column are nothing but their place in it
          key={i}
          className={i < kept ? "kept" : "pruned"}
          cx={x + STEP / 2}
          cy={BASE - (i + 0.5) * rise}
          r={rise / 2 - 0.25}
        />
      ))}
    </g>
  );
}

function Cut({ score }: { score: number }) {
  const x = xOf(score);
  return (
    <g className="cut">
      <line x1={x} x2={x} y1={TOP - 2} y2={BASE + 4} />
      <text x={x} y={TOP - 5} className={x > WIDTH - 60 ? "last" : "first"}>
        {t("cut {score}", { score: formatScore(score) })}
      </text>
    </g>
  );
}

function scoreOf({ score }: Candidate): number {
  return score;
}

function xOf(score: number): number {
  return PAD + score * (WIDTH - 2 * PAD);
}

function plotWords({ kept, cut }: Round, scores: readonly number[]): string {
  const known = scores.filter((score) => !Number.isNaN(score));
  let [low, high] = [1, 0];
  for (const score of known) {
    low = Math.min(low, score);
    high = Math.max(high, score);
  }
  const range = tCount(
    known.length,
    "Scores of {count} candidate, from {low} to {high}",
    "Scores of {count} candidates, from {low} to {high}",
    { low: formatScore(low), high: formatScore(high) },
  );
  if (cut === null) return range;
  return t("{range}; {count} kept, cut line {score}", {
    ...{ range, count: kept.length, score: formatScore(cut) },
  });
}
