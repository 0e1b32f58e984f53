import "./legend.css";
import { useView } from "../../state/view.ts";
import { SCORE_COLORS } from "../../tree/score-color.ts";
import { t } from "../../words/t.ts";
import { ScaleHandle } from "./ScaleHandle.tsx";

export const GRADIENT = `linear-gradient(to right, ${SCORE_COLORS.join(", ")})`;

interface ScoreRangeProps {
  range: readonly [low: number, high: number];
  onChange: (range: readonly [low: number, high: number]) => void;
}

/** A range of scores, set on the colours that they have in the tree. */
export function ScoreRange({ range, onChange }: ScoreRangeProps) {
  const [low, high] = useView((view) => view.domain);
  const [from, to] = range;
  return (
    <div className="scale">
      <div
        className="scale-colors"
        style={{
          background: GRADIENT,
          insetInlineStart: `${low * 100}%`,
          insetInlineEnd: `${(1 - high) * 100}%`,
        }}
      />
      <span className="scale-out" style={{ insetInline: `0 ${(1 - from) * 100}%` }} />
      <span className="scale-out" style={{ insetInline: `${to * 100}% 0` }} />
      <ScaleHandle
        end="low"
        label={t("Lowest score that is lit")}
        range={range}
        onChange={onChange}
      />
      <ScaleHandle
        end="high"
        label={t("Highest score that is lit")}
        range={range}
        onChange={onChange}
      />
    </div>
  );
}
