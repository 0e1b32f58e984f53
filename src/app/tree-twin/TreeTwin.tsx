import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { useMoment } from "../panels/moment.ts";
import { useView } from "../state/view.ts";
import { mountAnnouncer } from "./mount-announcer.ts";
import { nodeLabel } from "./node-label.ts";
import { type TwinItem, visibleItems } from "./visible-items.ts";

/**
 * The tree for those who do not see the canvas: one stop of the Tab key, moved
 * through with the same arrow keys, and only as much of it in the page as lies
 * around the active node.
 */
export function TreeTwin() {
  const { tree, at } = useMoment();
  const selected = useView((view) => view.selected);
  const isThere = tree.count > 0 && tree.announcedSeq[ROOT]! <= at;
  const active = isThere ? activeNode(tree, at, selected) : null;
  return (
    <>
      <div
        className="tree-twin unseen"
        role="tree"
        tabIndex={0}
        aria-label="Search tree"
        aria-activedescendant={active === null ? undefined : itemId(active)}
      >
        {active !== null &&
          visibleItems(tree, active, at).map((item) => (
            <Item key={item.node} item={item} isActive={item.node === active} />
          ))}
      </div>
      <p className="unseen" aria-live="polite" ref={mountAnnouncer} />
    </>
  );
}

function Item({ item, isActive }: { item: TwinItem; isActive: boolean }) {
  const { tree, at } = useMoment.getState();
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the active item
    <div
      id={itemId(item.node)}
      role="treeitem"
      aria-level={item.level}
      aria-posinset={item.position}
      aria-setsize={item.siblings}
      aria-expanded={item.expanded ?? undefined}
      aria-selected={isActive}
    >
      {labelOf(tree, item.node, at)}
    </div>
  );
}

function itemId(node: NodeId): string {
  return `node-${node}`;
}

function activeNode(tree: Tree, at: number, selected: NodeId | null): NodeId {
  if (selected === null || selected >= tree.count) return ROOT;
  const announced = tree.announcedSeq[selected]!;
  return announced >= 0 && announced <= at ? selected : ROOT;
}

function labelOf(tree: Tree, node: NodeId, at: number): string {
  const given = tree.answer(node, at);
  return nodeLabel({
    depth: tree.depth[node]!,
    text: node === ROOT ? (tree.started?.problem.text ?? "") : tree.step(node),
    score: tree.scoreAt(node, at),
    status: tree.statusAt(node, at),
    answer: given ? given.answer : undefined,
    correct: given?.correct ?? null,
    selected: tree.selectedAt(at)?.path.includes(node) ?? false,
  });
}
