import { NodeLink } from "../NodeLink.tsx";
import { type PruneFacts, whyPruned } from "./why-pruned.ts";

/** Why the node was pruned, in a sentence with links to what beat it. */
export function WhyPruned({ facts }: { facts: PruneFacts }) {
  return (
    <p className="why-pruned">
      {whyPruned(facts).map((part) =>
        typeof part === "string" ? part : <NodeLink key={part.node} node={part.node} />,
      )}
    </p>
  );
}
