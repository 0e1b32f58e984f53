import fc from "fast-check";
import { expect, test } from "vitest";
import { SHAPES } from "../../protocol/random-log.ts";
import { NO_FOLDING, ORDERS } from "../state/reading.ts";
import { type Camera, centerCamera } from "./camera.ts";
import { drawEdges } from "./draw-edges.ts";
import { columnOf, parentOf } from "./ground.ts";
import { hitTest } from "./hit-test.ts";
import { labelDensity } from "./label-room.ts";
import { isPruned, KIND, kindOf } from "./looks.ts";
import { randomScene } from "./random-scene.ts";
import { recordingContext } from "./recording-context.ts";
import { columnLeft, columnPx, type Geometry, geometryOf, type Scene } from "./scene.ts";
import { VisibleNodes } from "./visible-nodes.ts";

const VIEWPORT = { width: 400, height: 300 };

const anyScene = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 2, max: 300 }),
    shape: fc.constantFrom(...SHAPES),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    order: fc.constantFrom(...ORDERS),
    dead: fc.constantFrom("on" as const, "off" as const),
    least: fc.constantFrom(0, 0, 4),
    top: fc.constantFrom(0, 0, 1),
  })
  .map(({ share, order, dead, least, top, ...options }) =>
    randomScene(options, share, { order, top, folding: { ...NO_FOLDING, dead, least } }),
  );

/** A scene and a camera that looks at the surroundings of one of its nodes. */
const anyLook = fc
  .record({
    scene: anyScene,
    pick: fc.nat(),
    across: fc.double({ min: 0.02, max: 1.5, noNaN: true }),
    rowPx: fc.double({ min: 0.05, max: 60, noNaN: true }),
    offset: fc.tuple(fc.integer({ min: -150, max: 150 }), fc.integer({ min: -200, max: 200 })),
  })
  .map(({ scene, pick, across, rowPx, offset: [dx, dy] }) => {
    const { order } = scene.layout;
    const node = order[pick % order.length]!;
    const place = { x: scene.columnX[columnOf(scene, node)]!, row: scene.row[node]! };
    const centered = centerCamera({ x: 0, y: 0, zoom: 1, across, rowPx }, place, VIEWPORT);
    const camera: Camera = { ...centered, x: centered.x + dx, y: centered.y + dy };
    return { scene, geometry: geometryOf(camera, VIEWPORT, scene) };
  });

function placeOf(scene: Scene, geometry: Geometry, node: number): [x: number, y: number] {
  const x = columnLeft(geometry, columnOf(scene, node));
  return [x, geometry.y + scene.row[node]! * geometry.row];
}

function pathTo(scene: Scene, item: number): number[] {
  const path = [item];
  while (path[0] !== scene.top) path.unshift(parentOf(scene, path[0]!));
  return path;
}

function childrenOf(scene: Scene, parent: number): number[] {
  return [...scene.layout.order].filter(
    (item) => item !== scene.top && parentOf(scene, item) === parent,
  );
}

function isInView([x, y]: readonly [number, number]): boolean {
  return x >= 0 && x <= VIEWPORT.width && y >= 0 && y <= VIEWPORT.height;
}

test("V3: every shown node in view is drawn, or another stands on its pixel", () => {
  const visible = new VisibleNodes();
  fc.assert(
    fc.property(anyLook, ({ scene, geometry }) => {
      visible.collect(scene, geometry);
      const drawn = new Set(visible.nodes.subarray(0, visible.count));
      for (const node of scene.layout.order) {
        const place = placeOf(scene, geometry, node);
        if (scene.looks[node] === 0 || !isInView(place) || drawn.has(node)) continue;
        expect(geometry.dense).toBe(true);
        const stand = [...drawn].find((other) => {
          const [x, y] = placeOf(scene, geometry, other);
          return Math.abs(x - place[0]) < 1 && Math.abs(y - place[1]) <= 1;
        });
        expect(stand).toBeDefined();
      }
      for (const node of drawn) expect(scene.looks[node]).not.toBe(0);
    }),
    { numRuns: 200 },
  );
});

test("nodes in view are grouped by look, each once", () => {
  const visible = new VisibleNodes();
  fc.assert(
    fc.property(anyLook, ({ scene, geometry }) => {
      visible.collect(scene, geometry);
      const drawn = visible.nodes.subarray(0, visible.count);
      expect(new Set(drawn).size).toBe(visible.count);
      for (let look = 0; look + 1 < visible.start.length; look++) {
        for (let i = visible.start[look]!; i < visible.start[look + 1]!; i++) {
          expect(scene.looks[visible.nodes[i]!]).toBe(look);
        }
      }
    }),
  );
});

test("every edge that can be seen is drawn, or another that looks the same", () => {
  const visible = new VisibleNodes();
  fc.assert(
    fc.property(anyLook, ({ scene, geometry }) => {
      fc.pre(!geometry.dense);
      const ends = new Set<string>();
      const ctx = recordingContext(({ name, numbers }) => {
        if (name === "bezierCurveTo") ends.add(numbers.slice(-2).join());
      });
      visible.collect(scene, geometry);
      drawEdges(ctx, scene, geometry, visible);
      for (const node of scene.layout.order.slice(1)) {
        const column = columnOf(scene, node);
        if (scene.looks[node] === 0 || columnPx(geometry, column - 1) < 1) continue;
        const [x, y] = placeOf(scene, geometry, node);
        const [parentX, parentY] = placeOf(scene, geometry, parentOf(scene, node));
        const isApart =
          x < 0 ||
          parentX > VIEWPORT.width ||
          Math.max(y, parentY) < 0 ||
          Math.min(y, parentY) > VIEWPORT.height;
        if (isApart || ends.has([x - geometry.radius, y].join())) continue;
        // Another edge of the family leaves the view in the same place, and stands for it.
        expect(y < 0 || y > VIEWPORT.height).toBe(true);
        const border = y < 0 ? 0 : VIEWPORT.height;
        const exits = (toY: number) => (border - parentY) / (toY - parentY);
        const width = columnPx(geometry, column - 1);
        const family = childrenOf(scene, parentOf(scene, node)).map(
          (item) => placeOf(scene, geometry, item)[1],
        );
        const stands = family.some(
          (other) =>
            ends.has([x - geometry.radius, other].join()) &&
            Math.abs(exits(other) - exits(y)) * width < 1.6,
        );
        expect(stands).toBe(true);
      }
    }),
  );
});

test("V4: a pointer on a drawn mark finds its node", () => {
  const visible = new VisibleNodes();
  fc.assert(
    fc.property(anyLook, ({ scene, geometry }) => {
      visible.collect(scene, geometry);
      for (const node of visible.nodes.subarray(0, visible.count)) {
        if (columnPx(geometry, columnOf(scene, node)) < 4) continue;
        expect(
          hitTest(
            { scene, geometry, labelled: visible.labelled },
            placeOf(scene, geometry, node),
            6,
          ),
        ).toBe(node);
      }
    }),
  );
});

test("a pointer that is further from a mark than its slop finds nothing", () => {
  const scene = randomScene({ seed: 1, nodes: 50, shape: "chain" });
  const camera = { x: 40, y: 150, zoom: 1, across: 1, rowPx: 20 };
  const geometry = geometryOf(camera, VIEWPORT, scene);
  const y = geometry.y + scene.row[0]! * geometry.row;
  const frame = { scene, geometry, labelled: new Uint8Array(scene.layout.count) };
  expect(hitTest(frame, [40, y - 8 - 5], 6)).toBe(0);
  expect(hitTest(frame, [40, y - 8 - 7], 6)).toBeNull();
  expect(hitTest(frame, [40, y - 8 - 7], 18)).toBe(0);
  expect(hitTest(frame, [20, y], 6)).toBeNull();
});

test("labels do not overlap, and the chosen path has its own", () => {
  const visible = new VisibleNodes();
  fc.assert(
    fc.property(anyLook, fc.nat(), ({ scene, geometry }, pick) => {
      const { order } = scene.layout;
      const chosen = pathTo(scene, order[pick % order.length]!);
      visible.collect({ ...scene, chosen }, geometry);
      const drawn = visible.nodes.subarray(0, visible.count);
      const labelled = drawn.filter((node) => visible.labelled[node] === 1);
      const byPlace = [...labelled].sort(
        (a, b) => columnOf(scene, a) - columnOf(scene, b) || scene.row[a]! - scene.row[b]!,
      );
      for (const [i, node] of byPlace.slice(1).entries()) {
        if (columnOf(scene, node) !== columnOf(scene, byPlace[i]!)) continue;
        const distance = (scene.row[node]! - scene.row[byPlace[i]!]!) * geometry.row;
        expect(distance).toBeGreaterThanOrEqual(12.5 - 1e-6);
      }
      expect(visible.labelled.reduce((sum, flag) => sum + flag, 0)).toBe(labelled.length);
      if (labelDensity(geometry.row) === "none" || geometry.dense) return;
      for (const node of chosen.filter((each) => drawn.includes(each))) {
        const kind = kindOf(scene.looks[node]!);
        const isInRunning = kind !== KIND.sampling && !isPruned(kind);
        if (isInRunning) expect(visible.labelled[node]).toBe(1);
      }
    }),
    { numRuns: 300 },
  );
});
