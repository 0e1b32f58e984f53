import { create, type StoreApi } from "zustand";
import type { NodeId } from "../../protocol/events.ts";
import { type Arrangement, isFolded, useArranged } from "./arranged.ts";
import { type CameraPost, mainCamera } from "./camera.ts";
import { type Direction, neighbour } from "./move-selection.ts";
import { selectWhenKnown } from "./page-session.ts";
import { useView, type View } from "./view.ts";

/** In which direction a mirror turns a tree around: depth grows to the left, or rows grow upwards. */
export type Mirror = "across" | "down";

/** A place for one tree on the page, and all that its tree view reads and writes. */
export interface Pane {
  /** Part of the ids of its elements, unique on the page. */
  readonly name: string;
  readonly view: StoreApi<View>;
  readonly arranged: StoreApi<Arrangement>;
  readonly camera: CameraPost;
  readonly select: (node: NodeId | null) => void;
  /** Told when another node is under the pointer, or none. */
  readonly onHover?: (node: NodeId | null) => void;
  /** How the tree is mirrored now; left out: it is not. */
  readonly mirror?: () => Mirror;
}

/** The node under the pointer in the tree of the page of searches. */
export const useHovered = create<{ readonly node: NodeId | null }>()(() => ({ node: null }));

/** That of the page of searches. */
export const mainPane: Pane = {
  name: "node",
  view: useView,
  arranged: useArranged,
  camera: mainCamera,
  select: selectWhenKnown,
  onHover: (node) => useHovered.setState({ node }),
};

/** Brings a node to the middle of the view, near enough to read it. */
export function focusIn({ view, camera }: Pane, node: NodeId): void {
  view.setState({ following: false });
  camera.request({ to: "focus", node });
}

/** Folds what is below a node, or shows it. What is folded by a rule stays open once a hand has opened it. */
export function foldIn({ view }: Pane, node: NodeId, shallFold: boolean): void {
  const { folding } = view.getState();
  const folded = new Set(folding.folded);
  const unfolded = new Set(folding.unfolded);
  folded.delete(node);
  unfolded.delete(node);
  (shallFold ? folded : unfolded).add(node);
  view.setState({ folding: { ...folding, folded, unfolded } });
}

/** Folds what is below the item in whose place a node is shown, or opens it. */
export function toggleFoldIn(pane: Pane, node: NodeId): void {
  const { arranged } = pane.arranged.getState();
  const item = arranged?.itemOf(node) ?? -1;
  if (arranged === null || item < 0) return;
  foldIn(pane, item, !isFolded(arranged, item));
}

/** Selects a neighbour of the selected node, and brings it into view if it is not. Opens what is folded on the way to a child. */
export function moveSelectionIn(pane: Pane, direction: Direction): void {
  const { tree, at, selected, top } = pane.view.getState();
  const { arranged } = pane.arranged.getState();
  if (arranged === null) return;
  const item = selected === null ? -1 : arranged.itemOf(selected);
  if (direction === "firstChild" && item >= 0 && isFolded(arranged, item)) {
    foldIn(pane, item, false);
    return;
  }
  const next = neighbour({ tree, at, arranged, top }, selected, direction);
  if (next === null) return;
  pane.select(next);
  pane.camera.request({ to: "show", node: next });
}
