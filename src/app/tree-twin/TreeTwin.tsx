import { useCallback } from "react";
import { type StoreApi, useStore } from "zustand";
import { type NodeId, ROOT } from "../../protocol/events.ts";
import { type Moment, useMoment } from "../panels/moment.ts";
import { isFolded } from "../state/arranged.ts";
import type { Drawn } from "../state/move-selection.ts";
import { mainPane, type Pane } from "../state/pane.ts";
import { foldedFacts, foldedWords } from "../tree/folded-facts.ts";
import { labelText } from "../tree/label-text.ts";
import { t } from "../words/t.ts";
import { mountAnnouncer } from "./mount-announcer.ts";
import { nodeLabel } from "./node-label.ts";
import { type TwinItem, visibleItems } from "./visible-items.ts";

interface TreeTwinProps {
  readonly pane?: Pane;
  /** The moment of that pane, at a pace that can be read out. */
  readonly moment?: StoreApi<Moment>;
  readonly label?: string;
}

/**
 * The tree for those who do not see the canvas: one stop of the Tab key, moved
 * through with the same arrow keys, and only as much of it in the page as lies
 * around the active node.
 */
export function TreeTwin({
  pane = mainPane,
  moment = useMoment,
  label = t("Search tree"),
}: TreeTwinProps) {
  const { tree, at } = useStore(moment);
  const selected = useStore(pane.view, (view) => view.selected);
  const top = useStore(pane.view, (view) => view.top);
  const titles = useStore(pane.view, (view) => view.titles);
  const arranged = useStore(pane.arranged, (state) => state.arranged);
  const mount = useCallback(
    (element: HTMLParagraphElement) => mountAnnouncer(element, moment),
    [moment],
  );
  const drawn = arranged === null ? null : { tree, at, arranged, top };
  const active = drawn === null ? null : activeItem(drawn, selected);
  return (
    <>
      <div
        className="tree-twin unseen"
        role="tree"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={active === null ? undefined : itemId(pane, active)}
      >
        {drawn !== null &&
          active !== null &&
          visibleItems(drawn, active).map((item) => (
            <Item
              key={item.node}
              id={itemId(pane, item.node)}
              item={item}
              drawn={drawn}
              titles={titles}
              isActive={item.node === active}
            />
          ))}
      </div>
      <p className="unseen" aria-live="polite" ref={mount} />
    </>
  );
}

interface ItemProps {
  readonly id: string;
  readonly item: TwinItem;
  readonly drawn: Drawn;
  readonly titles: boolean;
  readonly isActive: boolean;
}

function Item({ id, item, drawn, titles, isActive }: ItemProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the active item
    <div
      id={id}
      role="treeitem"
      aria-level={item.level}
      aria-posinset={item.position}
      aria-setsize={item.siblings}
      aria-expanded={item.expanded ?? undefined}
      aria-selected={isActive}
    >
      {labelOf(drawn, item.node, titles)}
    </div>
  );
}

function itemId({ name }: Pane, node: NodeId): string {
  return `${name}-${node}`;
}

/** The item that the keys start from; the top if nothing that is there is selected. */
function activeItem({ tree, at, arranged, top }: Drawn, selected: NodeId | null): NodeId | null {
  const isThere = (node: NodeId) => {
    const announced = tree.announcedSeq[node] ?? -1;
    return node < tree.count && announced >= 0 && announced <= at;
  };
  const item = selected === null ? -1 : arranged.itemOf(selected);
  if (selected !== null && item >= 0 && isThere(selected)) return item;
  const first = arranged.itemOf(top) >= 0 ? top : ROOT;
  return isThere(first) && arranged.itemOf(first) >= 0 ? first : null;
}

function labelOf({ tree, at, arranged }: Drawn, item: NodeId, titles: boolean): string {
  const given = tree.answer(item, at);
  const { shown } = arranged;
  const isHiding = isFolded(arranged, item) && shown !== null;
  return nodeLabel({
    depth: tree.depth[item]!,
    unit: tree.unit,
    text: labelText({ tree, titles }, item),
    score: tree.scoreAt(item, at),
    status: tree.statusAt(item, at),
    answer: given ? given.answer : undefined,
    correct: given?.correct ?? null,
    selected: tree.selectedAt(at)?.path.includes(item) ?? false,
    folded: isHiding ? foldedWords(foldedFacts(tree, at, shown, item))[0] : null,
    isGroup: arranged.standsFor(item) === "dead",
  });
}
