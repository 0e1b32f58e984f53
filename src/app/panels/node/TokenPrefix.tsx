import "./tokens.css";
import type { NodeId, Problem } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { formatScore } from "../../format.ts";
import { revealControls } from "../../plain-text.ts";
import { select } from "../../state/actions.ts";
import { type TokenLine, tokenLines, visibleToken } from "../../token-text.ts";
import { t } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { ScoreBar } from "../ScoreBar.tsx";
import { judgePrefix } from "./judge-prefix.ts";
import { Verdict } from "./Verdict.tsx";

/** Lines that are in the page: the last ones of a longer text. */
const MOST_LINES = 80;

/** The text that ends with a token, line by line, each token tinted by how unlikely it was. */
export function TokenPrefix({ problem, node }: { problem: Problem; node: NodeId }) {
  const { tree, at } = useMoment();
  const lines = tokenLines(tree, node);
  const whole = lines.filter(({ isAnswer, isWhole }) => isWhole && !isAnswer);
  const verdicts = judgePrefix(
    problem,
    whole.map(({ text }) => text),
  );
  const first = Math.max(0, lines.length - MOST_LINES);
  return (
    <>
      {first > 0 && (
        <p className="soft">
          {t("The last {shown} of {count} lines.", { shown: MOST_LINES, count: lines.length })}
        </p>
      )}
      <ol className="prefix">
        {lines.slice(first).map((line, i) => {
          const index = first + i;
          const last = line.nodes.at(-1)!;
          const isVerdict = index < whole.length && !line.isAnswer;
          const verdict = (isVerdict && verdicts?.[index]) || null;
          return (
            <li key={line.nodes[0]} className="prefix-line">
              <button
                type="button"
                className="line-number"
                aria-label={t("Select the end of line {number}, node {node}", {
                  ...{ number: index + 1, node: String(last) },
                })}
                disabled={last === node}
                onClick={() => select(last)}
              >
                {line.isAnswer ? "=" : index + 1}
              </button>
              <TokenRow tree={tree} line={line} selected={node} />
              <ScoreBar score={tree.scoreAt(last, at)} />
              {verdict && <Verdict verdict={verdict} before={verdicts?.[index - 1] ?? null} />}
            </li>
          );
        })}
      </ol>
    </>
  );
}

function TokenRow({ tree, line, selected }: { tree: Tree; line: TokenLine; selected: NodeId }) {
  return (
    <div className="token-row mono" dir="ltr">
      {line.nodes.map((node) => (
        <TokenButton key={node} tree={tree} node={node} isSelected={node === selected} />
      ))}
    </div>
  );
}

function TokenButton(props: { tree: Tree; node: NodeId; isSelected: boolean }) {
  const { tree, node, isSelected } = props;
  const probability = Math.exp(tree.logprob[node]!);
  const text = tree.step(node);
  const shown = tree.isControl(node) ? text : visibleToken(text);
  return (
    <button
      type="button"
      // The tree has its own keys for the way along a path.
      tabIndex={-1}
      className="token"
      data-control={tree.isControl(node)}
      aria-current={isSelected ? "step" : undefined}
      title={`${formatScore(probability)} · ${t("node {node}", { node: String(node) })}`}
      style={{ "--doubt": `${Math.round((1 - probability) * 70)}%` } as React.CSSProperties}
      onClick={() => select(node)}
    >
      {revealControls(shown)}
    </button>
  );
}
