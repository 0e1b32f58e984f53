import type { NodeId } from "../../../protocol/events.ts";
import { formatScore } from "../../format.ts";
import { dropMark, dropWords } from "../../score-drop.ts";
import { peek, select } from "../../state/actions.ts";
import { requestCamera } from "../../state/camera.ts";
import { useView } from "../../state/view.ts";
import { titleOf } from "../../step-titles.ts";
import { t, tCount } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";
import { ShortText } from "../ShortText.tsx";
import type { Line } from "./read-line.ts";
import { Sparkline } from "./Sparkline.tsx";
import { statusWords } from "./status-words.ts";

interface LineRowProps {
  line: Line;
  /** From 1. */
  rank: number;
  /** Its end is the selected node. */
  isSelected: boolean;
  /** It is what the run answers. */
  isChosen: boolean;
}

/** One line: pressing it selects its end, pointing at it lights it in the tree. */
export function LineRow({ line, rank, isSelected, isChosen }: LineRowProps) {
  const { end, nodes, scores, score, least, worst, tokens, status, pruning, answer } = line;
  const facts = [
    ...(isChosen ? [] : [statusWords(status, pruning)]),
    ...(line.unit === "step" ? [tCount(nodes.length, "{count} step", "{count} steps")] : []),
    tCount(tokens, "{count} token", "{count} tokens"),
    ...(least < score ? [t("lowest {score}", { score: formatScore(least) })] : []),
  ];
  return (
    <li className="line-row" data-status={status} aria-current={isSelected || undefined}>
      <button
        type="button"
        onClick={() => {
          select(end);
          requestCamera({ to: "show", node: end });
        }}
        onPointerEnter={() => peek(end)}
        onPointerLeave={() => peek(null)}
        onFocus={() => peek(end)}
        onBlur={() => peek(null)}
      >
        <span className="rank">{rank}</span>
        <span className="number">
          <span className="unseen">{t("Score")}</span>
          {formatScore(score)}
        </span>
        <Sparkline scores={scores} worst={worst} />
        <span className="drop-mark" aria-hidden="true">
          {worst && dropMark(worst.before, worst.after)}
        </span>
        {worst && <span className="unseen">{dropWords(worst.before, worst.after)}</span>}
        <Ending answer={answer} />
        <Tail line={line} />
        <span className="line-facts">
          {isChosen && <span className="chosen">{t("selected")} · </span>}
          {facts.join(" · ")}
        </span>
      </button>
    </li>
  );
}

function Ending({ answer }: Pick<Line, "answer">) {
  if (answer === null) return <span className="ending" />;
  const { text, correct } = answer;
  if (text === null) return <span className="ending soft">{t("no answer")}</span>;
  return (
    <span className="ending">
      {correct !== null && (
        <span className={correct ? "is-right" : "is-wrong"}>
          <Icon name={correct ? "check" : "cross"} />
          <span className="unseen">{t(correct ? "right:" : "wrong:")}</span>
        </span>
      )}
      <ShortText className="mono" text={text} cap={40} />
    </span>
  );
}

/** The last steps; that of the end itself is the one to read. */
function Tail({ line: { end, nodes, tail } }: { line: Line }) {
  const from = nodes.length - tail.length;
  return (
    <span className="tail mono">
      {nodes.length > tail.length && <span className="soft">… </span>}
      {tail.slice(0, -1).map((text, i) => (
        <span key={nodes[from + i]} className="soft">
          <TailStep node={nodes[from + i]!} text={text} cap={60} />
          {" › "}
        </span>
      ))}
      <TailStep node={end} text={tail.at(-1) ?? ""} cap={100} />
    </span>
  );
}

/** A step or, if titles are wanted, what it does. */
function TailStep({ node, text, cap }: { node: NodeId; text: string; cap: number }) {
  const title = useView(({ tree, titles }) => (titles ? titleOf(tree, node) : null));
  return <ShortText text={text === "" ? "" : (title ?? text)} cap={cap} />;
}
