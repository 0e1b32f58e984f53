import { type NodeId, ROOT } from "../../../protocol/events.ts";
import { useMoment } from "../moment.ts";
import { CopyButton } from "./CopyButton.tsx";
import { MathText } from "./MathText.tsx";
import { NodeFactList } from "./NodeFactList.tsx";
import { PrefixLines } from "./PrefixLines.tsx";
import { RawToggle } from "./RawToggle.tsx";
import { readNode, readPrefix } from "./read-node.ts";
import { StatusWord } from "./StatusWord.tsx";
import { WhyPruned } from "./WhyPruned.tsx";

/** All that the log says of one node at the moment that is shown. */
export function NodeDetails({ node }: { node: NodeId }) {
  const { tree, at } = useMoment();
  const facts = readNode(tree, node, at);
  const lines = readPrefix(tree, node, at);
  const problem = tree.started?.problem ?? null;
  return (
    <>
      <header>
        <h2 id="node-title">{node === ROOT ? "Problem" : `Step ${facts.depth}`}</h2>
        <span className="soft">node {node}</span>
        <StatusWord facts={facts} />
        <span className="end">
          <RawToggle />
          <CopyButton text={[problem?.text ?? "", ...lines.map(({ text }) => text)].join("\n")} />
        </span>
      </header>
      {problem && (
        <div className="given">
          <MathText text={problem.text} />
        </div>
      )}
      {facts.pruned && <WhyPruned facts={facts.pruned} />}
      {problem && node !== ROOT && <PrefixLines problem={problem} lines={lines} />}
      {node !== ROOT && <NodeFactList facts={facts} />}
    </>
  );
}
