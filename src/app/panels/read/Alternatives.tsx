import { useId, useState } from "react";
import type { NodeId } from "../../../protocol/events.ts";
import { select } from "../../state/actions.ts";
import { t, tCount } from "../../words/t.ts";
import { useMoment } from "../moment.ts";
import { MathText } from "../node/MathText.tsx";
import { readNode } from "../node/read-node.ts";
import { StatusWord } from "../node/StatusWord.tsx";
import { WhyPruned } from "../node/WhyPruned.tsx";
import { ScoreBar } from "../ScoreBar.tsx";
import { readAlternatives } from "./read-solution.ts";

/** Alternatives of one step that are in the page. */
const MOST_SHOWN = 40;

/** What else was proposed in the place of a step: a chip that opens the list there. */
export function Alternatives({ node, count }: { node: NodeId; count: number }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="alternatives-chip"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {tCount(count, "{count} alternative", "{count} alternatives")}
      </button>
      {isOpen && <AlternativeList id={id} node={node} />}
    </>
  );
}

function AlternativeList({ id, node }: { id: string; node: NodeId }) {
  const { tree, at } = useMoment();
  const siblings = readAlternatives(tree, node, at);
  return (
    <ul className="alternatives" id={id}>
      {siblings.slice(0, MOST_SHOWN).map((sibling) => (
        <Alternative key={sibling} node={sibling} />
      ))}
      {siblings.length > MOST_SHOWN && (
        <li className="soft">
          {t("showing {shown} of {count}", { shown: MOST_SHOWN, count: siblings.length })}
        </li>
      )}
    </ul>
  );
}

function Alternative({ node }: { node: NodeId }) {
  const { tree, at } = useMoment();
  const facts = readNode(tree, node, at);
  return (
    <li className="alternative">
      <div className="alternative-text">
        <MathText key={node} text={tree.step(node)} cap={400} eager />
        <p className="alternative-facts">
          <button type="button" className="link" onClick={() => select(node)}>
            {t("Read node {node}", { node: String(node) })}
          </button>
          <StatusWord facts={facts} />
        </p>
        {facts.pruned && <WhyPruned facts={facts.pruned} />}
      </div>
      <ScoreBar score={facts.score} />
    </li>
  );
}
