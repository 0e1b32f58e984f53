import { expect, test } from "vitest";
import type { RunEvent, UnknownEvent } from "../../protocol/events.ts";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import type { Mirror } from "../state/pane.ts";
import { fitCamera } from "./camera.ts";
import { drawTree } from "./draw.ts";
import { randomScene, sceneOf } from "./random-scene.ts";
import { type Call, recordingContext } from "./recording-context.ts";
import type { Scene } from "./scene.ts";
import { VisibleNodes } from "./visible-nodes.ts";

const VIEWPORT = { width: 800, height: 600 };

function draw(scene: Scene, zoom = 1, mirror: Mirror | null = null): Call[] {
  const calls: Call[] = [];
  const rows = scene.row.slice(0, scene.layout.count);
  const top = rows.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const bottom = rows.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const right = scene.columnX[scene.layout.columns]!;
  const camera = { ...fitCamera({ right, top, bottom }, VIEWPORT), zoom };
  drawTree(
    recordingContext((call) => calls.push(call)),
    scene,
    camera,
    {
      viewport: { ...VIEWPORT, mirror },
      pixelRatio: 2,
      visible: new VisibleNodes(),
      backdrop: null,
    },
  );
  return calls;
}

const texts = (calls: Call[]) => calls.flatMap(({ text }) => text ?? []);

test.each(SHAPES)("every number that reaches the canvas is finite, at any zoom (%s)", (shape) => {
  const scene = randomScene({ seed: 3, nodes: 400, shape }, 0.7);
  for (const zoom of [0.1, 1, 4, 30]) {
    for (const { name, numbers } of draw(scene, zoom)) {
      expect(numbers.every(Number.isFinite), name).toBe(true);
    }
  }
});

test.each(["across", "down"] as const)(
  "V15: in a mirror the same is drawn, and each text begins at the mirrored place (%s)",
  (mirror) => {
    const scene = randomScene({ seed: 3, nodes: 120, shape: "bushy" }, 0.9);
    for (const zoom of [1, 6]) {
      const [plain, mirrored] = [draw(scene, zoom), draw(scene, zoom, mirror)];
      const shapes = (calls: Call[]) =>
        calls.map(({ name }) => name).filter((name) => name !== "setTransform");
      expect(shapes(mirrored)).toEqual(shapes(plain));
      expect(texts(mirrored)).toEqual(texts(plain));
      const places = (calls: Call[]) => calls.filter(({ name }) => name === "fillText");
      expect(areTurned(mirrored, "fillText")).toEqual(new Set([false]));
      expect(areTurned(mirrored, "stroke")).toContain(true);
      expect(areTurned(plain, "stroke")).toEqual(new Set([false]));
      for (const [i, { numbers }] of places(mirrored).entries()) {
        const [x, y] = places(plain)[i]!.numbers as [number, number];
        if (mirror === "across") expect(numbers.slice(0, 2)).toEqual([VIEWPORT.width - x, y]);
        else expect(numbers[0]).toBe(x);
      }
    }
  },
);

/** Whether calls of a method are turned around by the transform that holds then. */
function areTurned(calls: Call[], method: string): Set<boolean> {
  const seen = new Set<boolean>();
  let isTurned = false;
  for (const { name, numbers } of calls) {
    if (name === "setTransform") isTurned = numbers[0]! < 0 || numbers[3]! < 0;
    if (name === method) seen.add(isTurned);
  }
  return seen;
}

test("a chain 50,000 deep is drawn", () => {
  const calls = draw(randomScene({ seed: 1, nodes: 50_000, shape: "chain" }));
  expect(calls.filter(({ name }) => name === "fillRect").length).toBeGreaterThan(500);
});

test("nothing is drawn before the first event", () => {
  const tree = foldLog([]);
  expect(draw(sceneOf(tree, -1)).map(({ name }) => name)).toEqual(["setTransform", "clearRect"]);
});

test("steps that have not been sampled yet are not drawn", () => {
  const log = [...randomLog({ seed: 5, nodes: 30, shape: "beam", width: 8 })];
  const proposed = log.filter(isProposed);
  const last = proposed.at(-1)!;
  const before = draw(sceneOf(foldLog(log), last.seq - 1));
  const after = draw(sceneOf(foldLog(log), last.seq));
  expect(texts(after).length).toBe(texts(before).length + 1);
});

test("a hostile step is cut to its column and has no line breaks", () => {
  const log = [...randomLog({ seed: 5, nodes: 12, shape: "beam", width: 4 })].map((event) =>
    isProposed(event) ? { ...event, step: `line\n\u2028${"x".repeat(100_000)}` } : event,
  );
  const drawn = texts(draw(sceneOf(foldLog(log), log.length - 1)));
  expect(drawn.some((text) => text.startsWith("line "))).toBe(true);
  for (const text of drawn) {
    expect(text.length).toBeLessThan(80);
    expect(text).not.toMatch(/[\n\r\u2028]/);
  }
});

function isProposed(
  event: RunEvent | UnknownEvent,
): event is Extract<RunEvent, { type: "proposed" }> {
  return event.type === "proposed";
}
