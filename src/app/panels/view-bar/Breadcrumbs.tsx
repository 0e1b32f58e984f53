import { type NodeId, ROOT } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { revealControls } from "../../plain-text.ts";
import { hoist } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { contextText } from "../../token-text.ts";
import { nodeName } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";
import { Icon } from "../Icon.tsx";

/** So many nodes above the one that is shown are named. */
const NAMED = 3;

/** Where in the whole tree the part is that is shown alone. */
export function Breadcrumbs() {
  const top = useView((view) => view.top);
  const tree = useView((view) => view.tree);
  const isKnown = useView((view) => view.top < view.tree.count);
  if (top === ROOT || !isKnown) return null;
  const above = namedAbove(tree, top);
  const isCut = above.length > 0 && tree.parent[above[0]!] !== ROOT;
  return (
    <nav className="breadcrumbs" aria-label={t("Shown part of the tree")}>
      <ol>
        <li>
          <button
            type="button"
            className="link"
            title={t("Show the whole tree (Shift T)")}
            onClick={() => hoist(ROOT)}
          >
            {t("Whole tree")}
          </button>
        </li>
        {isCut && <li aria-hidden="true">…</li>}
        {above.map((node) => (
          <li key={node}>
            <button
              type="button"
              className="link"
              title={revealControls(contextText(tree, node, 200).slice(0, 201))}
              onClick={() => hoist(node)}
            >
              {nodeName(tree, tree.depth[node]!)}
            </button>
          </li>
        ))}
        <li aria-current="true">
          {nodeName(tree, tree.depth[top]!)}{" "}
          <bdi className="mono soft">{revealControls(contextText(tree, top, 60).slice(0, 61))}</bdi>
        </li>
      </ol>
      <button
        type="button"
        className="icon"
        aria-label={t("Show the whole tree")}
        title={t("Show the whole tree (Shift T)")}
        onClick={() => hoist(ROOT)}
      >
        <Icon name="cross" />
      </button>
    </nav>
  );
}

/** The nodes right above one, without the root. */
function namedAbove(tree: Tree, top: NodeId): NodeId[] {
  const above: NodeId[] = [];
  for (let node = tree.parent[top]!; node > ROOT && above.length < NAMED; ) {
    above.unshift(node);
    node = tree.parent[node]!;
  }
  return above;
}
