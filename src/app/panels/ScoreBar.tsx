import { formatScore } from "../format.ts";
import { useView } from "../state/view.ts";
import { scoreColor } from "../tree/score-color.ts";
import { t } from "../words/t.ts";

/** A score in [0, 1] as a bar and a number, in the tree's colour; NaN is not scored. */
export function ScoreBar({ score }: { score: number }) {
  const domain = useView((view) => view.domain);
  if (Number.isNaN(score)) {
    return (
      <span className="score soft" title={t("Not scored")}>
        –
      </span>
    );
  }
  return (
    <span className="score" title={t("Score {score}", { score: score.toFixed(4) })}>
      <span className="score-track">
        <span
          className="score-fill"
          style={{ inlineSize: `${score * 100}%`, background: scoreColor(score, domain) }}
        />
      </span>
      {formatScore(score)}
    </span>
  );
}
