import { ROOT } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { formatCount } from "../../format.ts";
import { peek, select } from "../../state/actions.ts";
import { requestCamera } from "../../state/camera.ts";
import { contextText, ownText } from "../../token-text.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { NodeLink } from "../NodeLink.tsx";
import { ScoreBar } from "../ScoreBar.tsx";
import { ShortText } from "../ShortText.tsx";
import type { Candidate } from "./read-round.ts";

interface CandidateRowProps {
  tree: Tree;
  at: number;
  candidate: Candidate;
  isKept: boolean;
  isSelected: boolean;
  /** Place among those that go on; what was pruned has its own. */
  place: number | null;
  /** Whether what beat it is told: it is not the same for all. */
  tellsRival: boolean;
}

/** One candidate of a round: pressing it selects it, pointing at it lights it in the tree. */
export function CandidateRow(props: CandidateRowProps) {
  const { tree, at, candidate, isKept, isSelected, place, tellsRival } = props;
  const { node, score, rank, beatenBy, count } = candidate;
  const parent = tree.parent[node]!;
  const correct = tree.correctAt(node, at);
  return (
    <li
      className="candidate-row"
      data-kept={isKept || undefined}
      aria-current={isSelected || undefined}
    >
      <button
        type="button"
        onClick={() => {
          select(node);
          requestCamera({ to: "show", node });
        }}
        onPointerEnter={() => peek(node)}
        onPointerLeave={() => peek(null)}
        onFocus={() => peek(node)}
        onBlur={() => peek(null)}
      >
        <span className="rank">{rank ?? place ?? ""}</span>
        <span className="candidate-text mono">
          {parent !== ROOT && (
            <span className="soft">
              <ShortText text={contextText(tree, parent, 24)} cap={26} />
              {" › "}
            </span>
          )}
          <ShortText text={ownText(tree, node)} cap={80} />
        </span>
        {count !== null && count > 0 && <span className="soft">{`×${formatCount(count)}`}</span>}
        {typeof correct === "boolean" && (
          <span className={correct ? "is-right" : "is-wrong"}>
            <Icon name={correct ? "check" : "cross"} />
            <span className="unseen">{t(correct ? "right" : "wrong")}</span>
          </span>
        )}
        {(isKept || !tellsRival || !Number.isNaN(score)) && <ScoreBar score={score} />}
      </button>
      {tellsRival && beatenBy !== null && (
        <span className="rival">
          <span className="soft">{"\u2190 "}</span>
          <NodeLink node={beatenBy} />
        </span>
      )}
    </li>
  );
}
