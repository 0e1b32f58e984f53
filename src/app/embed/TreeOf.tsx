import type { KeyboardEvent } from "react";
import { commandOf, pressOf } from "../keys.ts";
import type { Pane } from "../state/pane.ts";
import { PANE_COMMANDS } from "../state/pane-commands.ts";
import { TreeCanvas } from "../tree/TreeCanvas.tsx";
import { TreeTwin } from "../tree-twin/TreeTwin.tsx";
import type { ReasoningTree } from "./reasoning-tree.ts";

/**
 * Shows a reasoning tree; it fills the element that it stands in, which must have
 * a size. It is drawn on a canvas, moved through with the arrow keys, and read
 * out as a tree.
 */
export function TreeOf({ tree, label }: { tree: ReasoningTree; label?: string }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the tree within
    <div className="tree-frame sentei-tree" onKeyDown={(event) => obeyKey(tree.pane, event)}>
      <TreeTwin pane={tree.pane} moment={tree.moment} {...(label !== undefined && { label })} />
      <TreeCanvas pane={tree.pane} />
    </div>
  );
}

function obeyKey(pane: Pane, { nativeEvent: event }: KeyboardEvent): void {
  const place = { typing: false, control: false, singleKeys: true };
  const command = commandOf(pressOf(event), place);
  const act = command === null ? undefined : PANE_COMMANDS[command.id];
  if (act === undefined) return;
  event.preventDefault();
  act(pane);
}
