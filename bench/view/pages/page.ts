import { dragGesture, type Gesture, wheelGesture } from "./gestures.ts";
import type { Peer, Picture } from "./picture.ts";
import type { Style } from "./placed-tree.ts";
import { addBatch, type FlatTree, makeTree, type Shape } from "./shapes.ts";

/** What the harness asks of the page; times in ms. */
export interface BenchPage {
  /** Loads the library and makes the tree. Returns figures to be recorded. */
  prepare(wanted: Wanted): Promise<Record<string, number>>;
  /** Draws the tree; resolves in the second animation frame after the library is done. */
  paint(): Promise<number>;
  /** Makes 100 more nodes, which `add` then draws. */
  grow(): void;
  /** Resolves like `paint`. */
  add(): Promise<number>;
  /** Resolves with the steps of a gesture, one event a frame. */
  play(gesture: "pan" | "zoom", limits: PlayLimits): Promise<Played>;
  /** Shows another moment; resolves like `paint`. */
  scrub(share: number): Promise<number>;
  /** From the last paint, add or scrub to the last change of the picture; 0 if it does not tell. */
  lastChangeMs(): number;
  columnBytes(): number;
  /** Ends the run. */
  finish(): void;
  /** Like `add`; resolves with the longest time that the main thread did not answer, until `restMs` after it. */
  addGap(restMs: number): Promise<number>;
}

export interface Wanted {
  readonly peer: string;
  readonly shape: Shape;
  readonly nodes: number;
  readonly style: Style;
}

export interface PlayLimits {
  readonly steps: number;
  /** No step begins later, but for the first few. */
  readonly ms: number;
}

export interface Played {
  /** Time from each frame to the next. */
  readonly frames: readonly number[];
  /** Time from the beginning of each frame until its painting was handed to the compositor. */
  readonly work: readonly number[];
}

declare global {
  interface Window {
    bench: BenchPage;
    gc?: () => void;
  }
}

const PEERS: Readonly<Record<string, () => Promise<{ peer: Peer }>>> = {
  sentei: () => import("./sentei.ts"),
  "d3-svg": () => import("./d3-svg.ts"),
  xyflow: () => import("./xyflow.tsx"),
  cytoscape: () => import("./cytoscape.ts"),
  echarts: () => import("./echarts.ts"),
  g6: () => import("./g6.ts"),
  sigma: () => import("./sigma.ts"),
  floor: () => import("./floor.ts"),
};

/** Steps of a gesture, however long they take. */
const LEAST_STEPS = 3;

let peer: Peer;
let tree: FlatTree;
let style: Style;
let picture: Picture;
let firstNew = 0;
let start = 0;

const box = document.querySelector<HTMLElement>("#box")!;

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Runs `work`; resolves with the time until the second frame after it. */
async function timed(work: () => Promise<void> | void): Promise<number> {
  start = performance.now();
  await work();
  await frame();
  await frame();
  return performance.now() - start;
}

/** Resolves with the time when the current frame is painted: messages wait for that. */
function afterPaint(): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(null);
  });
}

/** Asks the main thread for an answer again and again. */
function watchGap(): { stop: () => number } {
  const { port1, port2 } = new MessageChannel();
  let longest = 0;
  let last = performance.now();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    port2.postMessage(null);
  };
  port2.postMessage(null);
  return {
    stop() {
      port1.close();
      return longest;
    },
  };
}

async function play(gesture: Gesture, { steps, ms }: PlayLimits): Promise<Played> {
  const frames: number[] = [];
  const work: number[] = [];
  gesture.begin();
  let last = await frame();
  const end = performance.now() + ms;
  for (let i = 0; i < steps && (i < LEAST_STEPS || performance.now() < end); i++) {
    const began = performance.now();
    // Asked for before the library asks, so that a frame begins here and not after its drawing.
    const next = frame();
    gesture.step(i < steps / 2 ? 1 : -1);
    const painted = afterPaint();
    const now = await next;
    frames.push(now - last);
    last = now;
    work.push((await painted) - began);
  }
  gesture.end();
  await frame();
  await frame();
  return { frames, work };
}

window.bench = {
  async prepare({ peer: name, shape, nodes, style: drawnLike }) {
    peer = (await PEERS[name]!()).peer;
    style = drawnLike;
    tree = makeTree(shape, nodes);
    const figures = peer.ready?.(tree) ?? {};
    window.gc?.();
    return figures;
  },
  paint: () =>
    timed(async () => {
      picture = await peer.paint(tree, box, style);
    }),
  grow() {
    firstNew = addBatch(tree);
  },
  add: () => timed(() => picture.add(tree, firstNew)),
  play: (gesture, limits) => play(gesture === "pan" ? dragGesture() : wheelGesture(), limits),
  scrub: (share) => timed(() => picture.scrub!(share)),
  lastChangeMs: () => Math.max((picture.lastDrawnAt?.() ?? start) - start, 0),
  finish: () => picture.finish?.(),
  columnBytes: () => picture.columnBytes?.() ?? 0,
  async addGap(restMs) {
    const gap = watchGap();
    await timed(() => picture.add(tree, firstNew));
    await new Promise((resolve) => setTimeout(resolve, restMs));
    return gap.stop();
  },
};
