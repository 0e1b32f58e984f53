import { formatScore } from "../../format.ts";
import { useView } from "../../state/view.ts";
import { scoreColor } from "../../tree/score-color.ts";
import { t } from "../../words/t.ts";

/** Two scores back to back: that of the search to the left, that of the other judge to the right. */
export function TwoBars({ search, other }: { readonly search: number; readonly other: number }) {
  const domain = useView((view) => view.domain);
  const half = (score: number, side: "search" | "other") => (
    <span className="half" data-side={side}>
      <span
        className="fill"
        style={{ inlineSize: `${100 * score}%`, background: scoreColor(score, domain) }}
      />
    </span>
  );
  return (
    <span
      className="two-bars"
      title={t("The search's verifier {search}, the other {other}", {
        ...{ search: search.toFixed(4), other: other.toFixed(4) },
      })}
    >
      <span className="number">{formatScore(search)}</span>
      {half(search, "search")}
      {half(other, "other")}
      <span className="number">{formatScore(other)}</span>
    </span>
  );
}
