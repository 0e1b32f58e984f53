import type { NodeId } from "../../../protocol/events.ts";
import { useView } from "../../state/view.ts";
import { titleOf } from "../../step-titles.ts";

/** What a step does, above it, if titles are wanted and it has one. */
export function StepTitle({ node }: { node: NodeId }) {
  const title = useView(({ tree, titles }) => (titles ? titleOf(tree, node) : null));
  return title === null ? null : <span className="step-title">{title}</span>;
}
