import "./tree-view.css";
import { useCallback } from "react";
import { mainPane, type Pane } from "../state/pane.ts";
import { mountTreeView } from "./mount-tree-view.ts";
import { warmUp } from "./worker-link.ts";

warmUp();

/** A search tree. All of it lives in `mountTreeView`; React only owns the element. */
export function TreeCanvas({ pane = mainPane }: { readonly pane?: Pane }) {
  const mount = useCallback((canvas: HTMLCanvasElement) => mountTreeView(canvas, pane), [pane]);
  return <canvas className="tree-canvas" ref={mount} />;
}
