import type { CommandId } from "../commands.ts";
import { focusIn, moveSelectionIn, type Pane, toggleFoldIn } from "./pane.ts";

/** What keys do in one tree, whichever page it stands on. */
export const PANE_COMMANDS: Partial<Record<CommandId, (pane: Pane) => void>> = {
  parent: (pane) => moveSelectionIn(pane, "parent"),
  firstChild: (pane) => moveSelectionIn(pane, "firstChild"),
  lastChild: (pane) => moveSelectionIn(pane, "lastChild"),
  prevSibling: (pane) => moveSelectionIn(pane, "prevSibling"),
  nextSibling: (pane) => moveSelectionIn(pane, "nextSibling"),
  root: (pane) => moveSelectionIn(pane, "root"),
  nextAnswer: (pane) => moveSelectionIn(pane, "nextAnswer"),
  prevAnswer: (pane) => moveSelectionIn(pane, "prevAnswer"),
  toggleFold: (pane) => withPicked(pane, toggleFoldIn),
  focus: (pane) => withPicked(pane, focusIn),
  fit: ({ camera }) => camera.request({ to: "fit" }),
  follow: ({ view, camera }) => {
    view.setState({ following: true });
    camera.request({ to: "fit" });
  },
  escape: (pane) => pane.select(null),
};

function withPicked(pane: Pane, act: (pane: Pane, node: number) => void): void {
  const node = pane.view.getState().selected;
  if (node !== null) act(pane, node);
}
