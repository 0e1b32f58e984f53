import { expect, test } from "vitest";
import type { NodeId, RunEvent, UnknownEvent } from "../../protocol/events.ts";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { dropMark } from "../score-drop.ts";
import { NO_FOLDING } from "../state/reading.ts";
import type { View } from "../state/view.ts";
import { type Camera, fitCamera } from "./camera.ts";
import { drawTree } from "./draw.ts";
import { drawDrops } from "./draw-drops.ts";
import { drawLandmarks } from "./draw-landmarks.ts";
import { drawRings } from "./draw-rings.ts";
import { columnOf, itemOf } from "./ground.ts";
import { landmarkPlace } from "./landmark-place.ts";
import { paletteOf } from "./palette.ts";
import { sceneOf } from "./random-scene.ts";
import { type Call, recordingContext } from "./recording-context.ts";
import { columnLeft, type Geometry, geometryIn, geometryOf, type Scene } from "./scene.ts";
import { VisibleNodes } from "./visible-nodes.ts";

const VIEWPORT = { width: 900, height: 700 };
const PALETTE = paletteOf("light", false);
/** Marks are pixels, dots, dots with scores, and dots with steps. */
const ZOOMS = { dense: 0.1, dots: 2.5, scores: 5, steps: 10 };

/** The last node is a right answer. */
const TREE = foldLog(answered([...randomLog({ seed: 4, nodes: 500, shape: "beam" })]));

function answered(log: (RunEvent | UnknownEvent)[]): (RunEvent | UnknownEvent)[] {
  const { v, run, t, seq } = log.pop()!;
  const node = foldLog(log).count - 1;
  const fact = { type: "answered", node, answer: "4", canonical: "4", correct: true } as const;
  return [...log, { v, run, t, seq, ...fact }];
}
const DEAD_FOLDED = { folding: { ...NO_FOLDING, dead: "on" as const } };
const UNFOLDED = { folding: { ...NO_FOLDING, dead: "off" as const } };

interface Drawn {
  readonly calls: readonly Call[];
  readonly scene: Scene;
  readonly geometry: Geometry;
}

/** Draws a tree at its end, with a node in the middle of the view where one is named. */
function draw(
  change: Partial<View>,
  zoom: number,
  middle: NodeId | null = null,
  tree = TREE,
): Drawn {
  const scene = sceneOf(tree, tree.seq, { ...UNFOLDED, ...change });
  const rows = scene.row.slice(0, scene.layout.count);
  const bounds = {
    right: scene.columnX[scene.layout.columns]!,
    top: Math.min(...rows),
    bottom: Math.max(...rows),
  };
  let camera: Camera = { ...fitCamera(bounds, VIEWPORT), zoom };
  if (middle !== null) {
    const item = itemOf(scene, middle);
    const found = geometryOf(camera, VIEWPORT, scene);
    const x = columnLeft(found, columnOf(scene, item));
    const y = found.y + scene.row[item]! * found.row;
    camera = {
      ...camera,
      x: camera.x + VIEWPORT.width / 2 - x,
      y: camera.y + VIEWPORT.height / 2 - y,
    };
  }
  const calls: Call[] = [];
  drawTree(
    recordingContext((call) => calls.push(call)),
    scene,
    camera,
    { viewport: VIEWPORT, pixelRatio: 1, visible: new VisibleNodes(), backdrop: null },
  );
  return { calls, scene, geometry: geometryOf(camera, VIEWPORT, scene) };
}

/** The shapes of each path that was stroked or filled in a colour: the calls since `beginPath`. */
function paths(calls: readonly Call[], how: "stroke" | "fill", color: string): Call[][] {
  const found: Call[][] = [];
  let path: Call[] = [];
  for (const call of calls) {
    if (call.name === "beginPath") path = [];
    else if (call.name === how && call.color === color) found.push([...path, call]);
    else path.push(call);
  }
  return found;
}

const inMiddle = ({ numbers: [x = 0, y = 0] }: Call) =>
  Math.abs(x - VIEWPORT.width / 2) < 45 && Math.abs(y - VIEWPORT.height / 2) < 30;

function findNode(tree: Tree, isWanted: (node: NodeId) => boolean): NodeId {
  for (let node = 1; node < tree.count; node++) if (isWanted(node)) return node;
  throw new Error("there is no such node");
}

/** A node that is folded away among the dead. */
function foldedAway(): NodeId {
  const scene = sceneOf(TREE, TREE.seq, DEAD_FOLDED);
  return findNode(TREE, (node) => itemOf(scene, node) !== node);
}

test.each(Object.entries(ZOOMS))(
  "a right answer inside of a fold is shown by a diamond (%s)",
  (_, zoom) => {
    const node = TREE.count - 1;
    const folding = { ...UNFOLDED.folding, folded: new Set([TREE.parent[node]!]) };
    const { calls, scene } = draw({ folding }, zoom, node);
    expect(itemOf(scene, node)).not.toBe(node);
    const [diamonds] = paths(calls, "fill", PALETTE.right);
    expect(diamonds!.some((call) => call.name === "lineTo" && inMiddle(call))).toBe(true);
  },
);

test.each(Object.entries(ZOOMS))(
  "what is selected, newest or bookmarked in a fold has its sign there (%s)",
  (_, zoom) => {
    const node = foldedAway();
    const plain = draw(DEAD_FOLDED, zoom, node);
    const rings = ({ calls }: Drawn, color: string) =>
      paths(calls, "stroke", color).filter((path) => path.some(inMiddle)).length;
    const selected = draw({ ...DEAD_FOLDED, selected: node }, zoom, node);
    expect(rings(selected, PALETTE.accent)).toBe(rings(plain, PALETTE.accent) + 1);
    const marked = draw({ ...DEAD_FOLDED, bookmarks: new Map([[node, ""]]) }, zoom, node);
    expect(rings(marked, PALETTE.accent)).toBe(rings(plain, PALETTE.accent) + 1);
  },
);

test("the ring around what is folded away goes around the glyph, not around one of its ends", () => {
  const node = foldedAway();
  const { calls, geometry, scene } = draw({ ...DEAD_FOLDED, selected: node }, ZOOMS.steps, node);
  const left = columnLeft(geometry, columnOf(scene, itemOf(scene, node)));
  const ring = paths(calls, "stroke", PALETTE.accent).find((path) =>
    path.some(({ name }) => name === "quadraticCurveTo"),
  );
  const xs = ring!.flatMap(({ numbers }) => numbers.filter((_, i) => i % 2 === 0));
  expect(Math.min(...xs)).toBeLessThan(left);
  expect(Math.max(...xs)).toBeGreaterThan(left + 10);
});

/** Ends of a path on which the score falls. */
const FALLS = findNode(
  TREE,
  (node) =>
    TREE.depth[node]! > 1 && dropMark(TREE.score[TREE.parent[node]!]!, TREE.score[node]!) === "??",
);

test.each([
  ["dots", ZOOMS.dots, 1],
  ["scores", ZOOMS.scores, 1],
  ["steps", ZOOMS.steps, 1],
  ["dense", ZOOMS.dense, 0],
])("a fall of the score on a followed path has its sign from dots on (%s)", (_, zoom, count) => {
  const { calls, geometry } = draw({ selected: FALLS }, zoom, FALLS);
  expect(geometry.dense).toBe(zoom === ZOOMS.dense);
  const signs = calls.filter(
    ({ name, text, color }) => name === "fillText" && text === "??" && color === PALETTE.wrong,
  );
  expect(signs.filter(inMiddle)).toHaveLength(count);
  const casings = calls.filter(({ name, text }) => name === "strokeText" && text === "??");
  expect(casings.map(({ color }) => color)).toEqual(signs.map(() => PALETTE.paper));
});

test("of signs that would lie on each other only the worst is drawn", () => {
  const { calls } = draw({ selected: FALLS, peeked: FALLS }, ZOOMS.steps, FALLS);
  const signs = calls.filter(({ name, color }) => name === "fillText" && color === PALETTE.wrong);
  for (const [i, a] of signs.entries()) {
    for (const b of signs.slice(i + 1)) {
      const isApart =
        Math.abs(a.numbers[0]! - b.numbers[0]!) >= 17 ||
        Math.abs(a.numbers[1]! - b.numbers[1]!) >= 12;
      expect(isApart).toBe(true);
    }
  }
});

const HITS = Array.from({ length: 40 }, (_, i) => 10 * (i + 1));

test.each(Object.entries(ZOOMS))(
  "the hit that was gone to has a stronger ring than the others (%s)",
  (_, zoom) => {
    const current = 7;
    const find = { query: "x", hits: HITS, current };
    const { calls } = draw({ find }, zoom, HITS[current]!);
    const rings = paths(calls, "stroke", PALETTE.hit);
    const [all, strong] = [rings[0]!, rings.at(-1)!];
    expect(strong.some(({ name }) => name === "arc")).toBe(true);
    expect(strong.at(-1)!.lineWidth).toBeGreaterThan(all.at(-1)!.lineWidth!);
  },
);

test("every hit in view has a ring, and nothing else has", () => {
  const find = { query: "x", hits: HITS, current: -1 };
  const { calls, scene, geometry } = draw({ find }, ZOOMS.dots);
  expect(geometry.dense).toBe(false);
  const rings = paths(calls, "stroke", PALETTE.hit);
  expect(rings).toHaveLength(1);
  const middles = rings[0]!
    .filter(({ name }) => name === "arc")
    .map(({ numbers }) => numbers.slice(0, 2));
  const places = HITS.map((node) => [
    columnLeft(geometry, columnOf(scene, node)),
    geometry.y + scene.row[node]! * geometry.row,
  ]).filter(([x, y]) => x! > 0 && x! < VIEWPORT.width && y! > 0 && y! < VIEWPORT.height);
  expect(places.length).toBeGreaterThan(3);
  for (const place of places) expect(middles).toContainEqual(place);
  expect(middles.length).toBeLessThanOrEqual(HITS.length);
});

test("hits that were not there yet at the moment have no ring", () => {
  const find = { query: "x", hits: HITS, current: HITS.length - 1 };
  const scene = sceneOf(TREE, TREE.announcedSeq[HITS[5]!]!, { find });
  expect(scene.hits.items.every((item) => item < TREE.countAt(scene.at))).toBe(true);
  expect(scene.hits.items.length).toBeGreaterThan(0);
  expect(scene.hits.current).toBe(null);
});

test("the line that is peeked at is told from the selected one by a casing and thick dashes", () => {
  const { calls } = draw({ peeked: FALLS }, ZOOMS.scores);
  const own = paths(calls, "stroke", PALETTE.paper);
  const casing = own.find((path) => path.some(({ name }) => name === "bezierCurveTo"));
  const dashes = paths(calls, "stroke", PALETTE.accent).find(
    (path) => path.some(({ name }) => name === "bezierCurveTo") && path.at(-1)!.lineWidth! >= 4,
  );
  expect(casing!.at(-1)!.lineWidth).toBeGreaterThan(dashes!.at(-1)!.lineWidth!);
  expect(calls.some(({ name }) => name === "setLineDash")).toBe(true);
});

test("what is folded away is not there before its time, though its glyph is", () => {
  const shown = sceneOf(TREE, TREE.seq, DEAD_FOLDED);
  const late = findNode(TREE, (node) => {
    const item = itemOf(shown, node);
    return item !== node && TREE.announcedSeq[node]! > TREE.announcedSeq[item]!;
  });
  const at = TREE.announcedSeq[late]! - 1;
  const scene = sceneOf(TREE, at, DEAD_FOLDED);
  const geometry = geometryIn({ x: 0, y: 300, across: 0.2, row: 14 }, VIEWPORT, scene);
  expect(landmarkPlace(scene, geometry, itemOf(scene, late))).not.toBe(null);
  expect(landmarkPlace(scene, geometry, late)).toBe(null);
});

test("a sign for a step whose subtree is folded is on its mark, one for what is below it in the glyph", () => {
  const last = TREE.count - 1;
  const item = TREE.parent[last]!;
  const folding = { ...NO_FOLDING, dead: "off" as const, folded: new Set([item]) };
  const { scene, geometry } = draw({ folding }, ZOOMS.steps, item);
  const left = columnLeft(geometry, columnOf(scene, item));
  expect(landmarkPlace(scene, geometry, item)).toMatchObject({ x: left, glyph: null });
  const inside = landmarkPlace(scene, geometry, last)!;
  expect(inside.x).toBeGreaterThan(left + inside.glyph!.width / 3);
  expect(inside.x).toBeLessThan(left + inside.glyph!.width);
});

test("a hit that is folded away has its ring around the glyph", () => {
  const last = TREE.count - 1;
  const item = TREE.parent[last]!;
  const folding = { ...NO_FOLDING, dead: "off" as const, folded: new Set([item]) };
  const shapes = (hits: readonly NodeId[]) => {
    const find = { query: "x", hits, current: -1 };
    const [rings = []] = paths(
      draw({ folding, find }, ZOOMS.steps, item).calls,
      "stroke",
      PALETTE.hit,
    );
    return rings.map(({ name }) => name).filter((name) => name !== "moveTo" && name !== "lineTo");
  };
  expect(shapes([item])).toEqual(["arc", "stroke"]);
  expect(shapes([last])).toEqual(["quadraticCurveTo", "closePath", "stroke"]);
  expect(shapes([item, last])).toHaveLength(4);
});

test("of right answers and of hits that share their pixels one is drawn", () => {
  const nodes = Array.from({ length: TREE.count }, (_, node) => node);
  const scene = { ...sceneOf(TREE, TREE.seq, UNFOLDED), rightAnswers: new Set(nodes) };
  const geometry = geometryIn({ x: 10, y: 350, across: 0.02, row: 0.1 }, VIEWPORT, scene);
  const calls: Call[] = [];
  drawLandmarks(
    recordingContext((call) => calls.push(call)),
    scene,
    geometry,
  );
  const diamonds = calls.filter(({ name }) => name === "closePath").length;
  expect(diamonds).toBeGreaterThan(1);
  expect(diamonds).toBeLessThan(nodes.length / 3);
});

test("hits that are near each other all have their rings where marks are dots", () => {
  const hits = Array.from({ length: 60 }, (_, i) => i + 1);
  const scene = sceneOf(TREE, TREE.seq, { ...UNFOLDED, find: { query: "x", hits, current: -1 } });
  const tall = { width: 4000, height: 9000 };
  const geometry = geometryIn({ x: 20, y: 4000, across: 1, row: 6 }, tall, scene);
  expect(geometry.dense).toBe(false);
  const calls: Call[] = [];
  drawRings(
    recordingContext((call) => calls.push(call)),
    scene,
    geometry,
    new VisibleNodes(),
  );
  const [rings = []] = paths(calls, "stroke", PALETTE.hit);
  expect(rings.filter(({ name }) => name === "arc")).toHaveLength(hits.length);
});

test("the worst sign is the one that is drawn where several have no room", () => {
  const scene = sceneOf(TREE, TREE.seq, UNFOLDED);
  const [a, b] = [1, 2];
  const geometry = geometryIn({ x: 100, y: 300, across: 0.2, row: 7 }, VIEWPORT, scene);
  const near = { ...scene, row: scene.row.map(() => 0), chosen: [0, a], selected: [0, b] };
  const [mild, worst] = [0.85, 0.3];
  const scores = { ...scene.scores, scoreAt: (node: NodeId) => [0.99, mild, worst][node]! };
  const calls: Call[] = [];
  drawDrops(
    recordingContext((call) => calls.push(call)),
    { ...near, scores },
    geometry,
  );
  expect(calls.flatMap(({ name, text }) => (name === "fillText" ? [text] : []))).toEqual(["??"]);
});
