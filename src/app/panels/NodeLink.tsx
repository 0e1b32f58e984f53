import type { NodeId } from "../../protocol/events.ts";
import { focusNode, select } from "../state/actions.ts";
import { t } from "../words/t.ts";

/** Selects a node of the tree and brings it into view. */
export function NodeLink({ node }: { node: NodeId }) {
  return (
    <button
      type="button"
      className="link"
      onClick={() => {
        select(node);
        focusNode(node);
      }}
    >
      {t("node {node}", { node: String(node) })}
    </button>
  );
}
