import { type NodeId, ROOT } from "../../../protocol/events.ts";
import { writtenText } from "../../token-text.ts";
import { nodeTitle } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { CopyButton } from "./CopyButton.tsx";
import { MathText } from "./MathText.tsx";
import { NodeFactList } from "./NodeFactList.tsx";
import { PrefixLines } from "./PrefixLines.tsx";
import { RawToggle } from "./RawToggle.tsx";
import { readNode, readPrefix } from "./read-node.ts";
import { StatusWord } from "./StatusWord.tsx";
import { TokenChoices } from "./TokenChoices.tsx";
import { TokenPrefix } from "./TokenPrefix.tsx";
import { WhyPruned } from "./WhyPruned.tsx";

/** All that the log says of one node at the moment that is shown. */
export function NodeDetails({ node }: { node: NodeId }) {
  const { tree, at } = useMoment();
  const facts = readNode(tree, node, at);
  const isToken = tree.unit === "token";
  const lines = isToken ? [] : readPrefix(tree, node, at);
  const written = isToken ? writtenText(tree, node) : lines.map(({ text }) => text).join("\n");
  const problem = tree.started?.problem ?? null;
  return (
    <>
      <header>
        <h2 id="node-title">{nodeTitle(tree, facts.depth)}</h2>
        <span className="soft">{t("node {node}", { node: String(node) })}</span>
        <StatusWord facts={facts} />
        <span className="end">
          {!isToken && <RawToggle />}
          <CopyButton text={`${problem?.text ?? ""}\n${written}`} />
        </span>
      </header>
      {problem && (
        <div className="given">
          <MathText text={problem.text} />
        </div>
      )}
      {facts.pruned && <WhyPruned facts={facts.pruned} />}
      {problem && node !== ROOT && !isToken && <PrefixLines problem={problem} lines={lines} />}
      {problem && node !== ROOT && isToken && <TokenPrefix problem={problem} node={node} />}
      {isToken && facts.proposed && node !== ROOT && <TokenChoices node={node} />}
      {node !== ROOT && <NodeFactList facts={facts} />}
    </>
  );
}
