import "./tree-view.css";
import { mountTreeView } from "./mount-tree-view.ts";
import { warmUp } from "./worker-link.ts";

warmUp();

/** The search tree. All of it lives in `mountTreeView`; React only owns the element. */
export function TreeCanvas() {
  return <canvas className="tree-canvas" ref={mountTreeView} />;
}
