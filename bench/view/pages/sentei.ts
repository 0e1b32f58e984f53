import "../../../src/app/tree/tree-view.css";
import { mainPane } from "../../../src/app/state/pane.ts";
import { NO_FOLDING } from "../../../src/app/state/reading.ts";
import { useView } from "../../../src/app/state/view.ts";
import { mountTreeView } from "../../../src/app/tree/mount-tree-view.ts";
import { Tree } from "../../../src/protocol/tree.ts";
import { lastDrawnAt, watchCanvases } from "./canvas-watch.ts";
import { LogWriter } from "./log-of.ts";
import type { Peer } from "./picture.ts";
import type { FlatTree } from "./shapes.ts";

const folded = new Tree();
let log: LogWriter;

/**
 * The tree view of the product, as its page mounts it. What it is given is the
 * folded tree, so folding is no part of a first paint; it is part of adding.
 */
export const peer: Peer = {
  ready(tree) {
    log = new LogWriter(tree);
    return { foldMs: fold(tree) };
  },
  paint(_tree, box) {
    const canvas = document.createElement("canvas");
    canvas.className = "tree-canvas";
    box.append(canvas);
    watchCanvases();
    useView.setState({
      runId: "bench",
      tree: folded,
      version: folded.version,
      at: folded.seq,
      connection: { state: "ended" },
      following: true,
      labels: false,
      folding: { ...NO_FOLDING, dead: "off" },
    });
    mountTreeView(canvas, mainPane);
    return {
      add(grown) {
        fold(grown);
        useView.setState({ version: folded.version, at: folded.seq });
      },
      scrub(share) {
        useView.setState({ at: Math.floor(share * folded.seq), live: false });
      },
      finish() {
        folded.apply([log.ending()]);
        useView.setState({ version: folded.version, at: folded.seq });
      },
      lastDrawnAt,
      columnBytes: () => folded.bytes(),
    };
  },
};

/** Applies what is new; returns the time that `apply` alone took, ms. */
function fold(tree: FlatTree): number {
  let ms = 0;
  for (const events of log.events(tree)) {
    const start = performance.now();
    folded.apply(events);
    ms += performance.now() - start;
  }
  return ms;
}
