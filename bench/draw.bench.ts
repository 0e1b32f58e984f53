import { fitCamera, type Viewport } from "../src/app/tree/camera.ts";
import { drawTree } from "../src/app/tree/draw.ts";
import { looksAt } from "../src/app/tree/looks.ts";
import { randomScene } from "../src/app/tree/random-scene.ts";
import { recordingContext } from "../src/app/tree/recording-context.ts";
import type { Scene } from "../src/app/tree/scene.ts";
import { TidyLayout } from "../src/app/tree/tidy-layout.ts";
import { VisibleNodes } from "../src/app/tree/visible-nodes.ts";

const SIZES = [1_000, 10_000, 100_000];
const SHAPES = ["beam", "bushy"] as const;
const VIEWPORT: Viewport = { width: 1280, height: 720 };
/** Zooms at which a frame is drawn: the whole tree, halfway in, and near enough to read. */
const ZOOMS = { fit: 1, middle: 8, near: 200 };
const REPETITIONS = 15;

interface Row {
  readonly nodes: number;
  readonly shape: string;
  /** Median times, ms. */
  readonly layOut: number;
  readonly looks: number;
  readonly fit: number;
  readonly middle: number;
  readonly near: number;
}

/**
 * What a frame of the tree costs in JavaScript, without what the browser then
 * does with it: laying out, finding all looks, and drawing into a context that
 * draws nothing. `--json` prints one line a size instead of a table.
 */
export function run(args: string[]): Promise<void> {
  const rows = SIZES.flatMap((nodes) => SHAPES.map((shape) => measure(nodes, shape)));
  if (args.includes("--json")) for (const row of rows) console.log(JSON.stringify(row));
  else console.table(rows);
  return Promise.resolve();
}

function measure(nodes: number, shape: (typeof SHAPES)[number]): Row {
  const width = Math.max(16, 4 * Math.round(Math.sqrt(nodes) / 4));
  const scene = randomScene({ seed: 1, nodes, shape, width });
  const { tree, at } = scene;
  const looks = new Uint16Array(tree.count);
  const nextSibling = new Int32Array(tree.count).map((_, node) => tree.nextSibling(node));
  return {
    nodes: tree.count,
    shape,
    layOut: medianMs(() =>
      new TidyLayout().build({
        count: tree.count,
        top: 0,
        firstChild: tree.firstChild,
        nextSibling,
      }),
    ),
    looks: medianMs(() =>
      looksAt(tree, at, { domain: [0, 1], scores: tree.scoresBy("search") }, looks),
    ),
    fit: drawMs(scene, ZOOMS.fit),
    middle: drawMs(scene, ZOOMS.middle),
    near: drawMs(scene, ZOOMS.near),
  };
}

function drawMs(scene: Scene, zoom: number): number {
  const rows = scene.row.slice(0, scene.layout.count).sort();
  const bounds = {
    right: scene.columnX[scene.layout.columns]!,
    top: rows[0]!,
    bottom: rows.at(-1)!,
  };
  const camera = { ...fitCamera(bounds, VIEWPORT), zoom };
  const ctx = recordingContext();
  const visible = new VisibleNodes();
  return medianMs(() =>
    drawTree(ctx, scene, camera, { viewport: VIEWPORT, pixelRatio: 2, visible, backdrop: null }),
  );
}

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: REPETITIONS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return Number(times[REPETITIONS >> 1]!.toFixed(2));
}
