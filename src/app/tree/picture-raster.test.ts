import fc from "fast-check";
import { expect, test } from "vitest";
import { SHAPES } from "../../protocol/random-log.ts";
import { NO_FOLDING } from "../state/reading.ts";
import { fitCamera } from "./camera.ts";
import { columnOf, parentOf } from "./ground.ts";
import { paletteOf } from "./palette.ts";
import { PictureRaster } from "./picture-raster.ts";
import { randomScene } from "./random-scene.ts";
import { rgbaOf } from "./rgba.ts";
import { columnLeft, columnPx, geometryOf, type Scene } from "./scene.ts";

const VIEWPORT = { width: 300, height: 200 };
const PAPER = rgbaOf(paletteOf("light", false).paper).slice(0, 3);

const anySight = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 60, max: 600 }),
    shape: fc.constantFrom(...SHAPES),
    share: fc.double({ min: 0.2, max: 1, noNaN: true }),
    dead: fc.constantFrom("on" as const, "off" as const),
    zoom: fc.double({ min: 0.3, max: 3, noNaN: true }),
    pixelRatio: fc.constantFrom(1, 1.5, 2),
  })
  .map(({ share, dead, zoom, pixelRatio, ...options }) => {
    const scene = randomScene(options, share, { folding: { ...NO_FOLDING, dead } });
    const camera = fitCamera(boundsOf(scene), VIEWPORT);
    const rowPx = Math.min(camera.rowPx, 3);
    const geometry = geometryOf({ ...camera, rowPx, zoom }, VIEWPORT, scene);
    return { scene, geometry, pixelRatio };
  });

function boundsOf({ layout, row, columnX }: Scene) {
  const rows = [...layout.order].map((item) => row[item]!);
  const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
  return { right: columnX[layout.columns]!, top, bottom };
}

function paint({
  scene,
  geometry,
  pixelRatio,
}: typeof anySight extends fc.Arbitrary<infer T> ? T : never) {
  const width = VIEWPORT.width * pixelRatio;
  const height = VIEWPORT.height * pixelRatio;
  const pixels = { data: new Uint8ClampedArray(4 * width * height), width, height };
  new PictureRaster().paint({ pixels, ground: scene, geometry, pixelRatio });
  const isInked = (x: number, y: number) => {
    const at = 4 * (Math.floor(y) * width + Math.floor(x));
    return PAPER.some((channel, i) => pixels.data[at + i] !== channel);
  };
  return {
    pixels,
    isInked,
    isInside: (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height,
  };
}

test("every item in view has ink where it stands", () => {
  fc.assert(
    fc.property(anySight, (sight) => {
      const { scene, geometry, pixelRatio } = sight;
      fc.pre(geometry.dense);
      const { isInked, isInside } = paint(sight);
      for (const item of scene.layout.order) {
        const column = columnOf(scene, item);
        const x = columnLeft(geometry, column) * pixelRatio;
        const y = (geometry.y + scene.row[item]! * geometry.row) * pixelRatio;
        if (scene.looks[item] === 0 || !isInside(x, y)) continue;
        // Of columns that share a pixel one is drawn.
        if (columnPx(geometry, column) < 1 || (column > 0 && columnPx(geometry, column - 1) < 1))
          continue;
        expect(isInked(x, y)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test("level edges have ink up to their ends", () => {
  fc.assert(
    fc.property(anySight, (sight) => {
      const { scene, geometry, pixelRatio } = sight;
      fc.pre(geometry.dense && geometry.row >= 1.2);
      const { isInked, isInside } = paint(sight);
      for (const item of scene.layout.order.slice(1)) {
        const column = columnOf(scene, item);
        if (scene.looks[item] === 0 || columnPx(geometry, column - 1) < 4) continue;
        const x = (columnLeft(geometry, column) - 1.5) * pixelRatio;
        const from = scene.row[parentOf(scene, item)]!;
        if (from !== scene.row[item]) continue;
        const y = (geometry.y + from * geometry.row) * pixelRatio;
        if (isInside(x, y)) expect(isInked(x, y) || isInked(x, y - 1)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test("a picture is opaque everywhere and does not depend on the pictures before it", () => {
  const raster = new PictureRaster();
  fc.assert(
    fc.property(anySight, ({ scene, geometry, pixelRatio }) => {
      fc.pre(geometry.dense);
      const width = VIEWPORT.width * pixelRatio;
      const height = VIEWPORT.height * pixelRatio;
      const pictures = [raster, new PictureRaster()].map((each) => {
        const pixels = { data: new Uint8ClampedArray(4 * width * height), width, height };
        each.paint({ pixels, ground: scene, geometry, pixelRatio });
        return Buffer.from(pixels.data.buffer);
      });
      expect(Buffer.compare(pictures[0]!, pictures[1]!)).toBe(0);
      for (let at = 3; at < pictures[0]!.length; at += 4) {
        if (pictures[0]![at] !== 255) throw new Error("a pixel can be seen through");
      }
    }),
    { numRuns: 30 },
  );
});
