import "./legend.css";
import { msg } from "../../../lib/said.ts";
import { formatScore } from "../../format.ts";
import { setDomain } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { MarksKey } from "./MarksKey.tsx";
import { roundCut } from "./round-cut.ts";
import { ScaleHandle } from "./ScaleHandle.tsx";
import { GRADIENT } from "./ScoreRange.tsx";

/** What colours and marks mean. */
export function Legend() {
  const cut = useMoment(({ tree, at }) => roundCut(tree, at));
  return (
    <section className="legend" aria-label={t("Legend")}>
      <ScoreScale cut={cut} />
      <MarksKey />
    </section>
  );
}

const SCORE = msg("P(on the way to a correct answer), as the verifier sees it");
const SECOND = msg(
  "P(on the way to a correct answer), as the second verifier sees it; it decides nothing",
);
const LIKELIHOOD = msg(
  "How likely the policy finds the text up to here: its probability, made comparable between lengths",
);

/**
 * What colours mean. The ends of the scale can be dragged: scores of good verifiers
 * crowd near 1, and a narrower domain tells them apart. `cut`: a score to mark, if there is one.
 */
export function ScoreScale({ cut }: { readonly cut: number | null }) {
  const isSecond = useView(({ tree, colorBy }) => tree.hasSecond && colorBy === "second");
  const about = useView(({ tree }) => (tree.unit === "token" ? LIKELIHOOD : SCORE));
  const domain = useView((view) => view.domain);
  const [low, high] = domain;
  return (
    <div className="scale-row">
      <span className="soft" title={t(isSecond ? SECOND : about)}>
        {t(isSecond ? "Second score" : "Score")}
      </span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the handles' Delete key */}
      <div
        className="scale"
        title={t("Drag the ends to spread the colours over fewer scores; double-click to reset")}
        onDoubleClick={() => setDomain([0, 1])}
      >
        <div
          className="scale-colors"
          style={{
            background: GRADIENT,
            insetInlineStart: `${low * 100}%`,
            insetInlineEnd: `${(1 - high) * 100}%`,
          }}
        />
        {cut !== null && (
          <span
            className="scale-cut"
            style={{ insetInlineStart: `${cut * 100}%` }}
            title={t("Cut line of this round: {score}", { score: formatScore(cut) })}
          />
        )}
        <ScaleHandle
          end="low"
          label={t("Lowest score of the colours")}
          range={domain}
          onChange={setDomain}
        />
        <ScaleHandle
          end="high"
          label={t("Highest score of the colours")}
          range={domain}
          onChange={setDomain}
        />
      </div>
    </div>
  );
}
