import fc from "fast-check";
import { expect, test } from "vitest";
import {
  acrossOf,
  type Bounds,
  type Camera,
  centerCamera,
  centerOf,
  easeCamera,
  fitCamera,
  isSameCamera,
  moveCamera,
  readableCamera,
  rowHeight,
  showPlace,
  type Viewport,
  zoomExtent,
} from "./camera.ts";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const anyViewport: fc.Arbitrary<Viewport> = fc.record({
  width: fc.integer({ min: 320, max: 4000 }),
  height: fc.integer({ min: 320, max: 2500 }),
});
const anyBounds: fc.Arbitrary<Bounds> = fc
  .tuple(number(1, 1e6), number(-1e5, 1e5), number(0, 1e5))
  .map(([right, top, rows]) => ({ right, top, bottom: top + rows }));
const anyCamera: fc.Arbitrary<Camera> = fc.record({
  x: number(-1e4, 1e4),
  y: number(-1e4, 1e4),
  zoom: number(0.1, 50),
  across: number(1e-3, 1.4),
  rowPx: number(1e-2, 34),
});

function screen(camera: Camera, x: number, row: number): [number, number] {
  return [camera.x + x * acrossOf(camera), camera.y + row * rowHeight(camera)];
}

test("a fitted tree is in view as a whole", () => {
  fc.assert(
    fc.property(anyBounds, anyViewport, (bounds, viewport) => {
      const camera = fitCamera(bounds, viewport);
      const [left, top] = screen(camera, 0, bounds.top);
      const [right, bottom] = screen(camera, bounds.right, bounds.bottom);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(54);
      expect(right).toBeLessThanOrEqual(viewport.width + 1e-6);
      expect(bottom).toBeLessThanOrEqual(viewport.height + 1e-6);
    }),
  );
});

test("a gesture keeps under the pointer what was under it", () => {
  const point = fc.tuple(number(0, 1000), number(0, 1000));
  fc.assert(
    fc.property(anyCamera, number(0.05, 100), point, point, (camera, zoom, from, to) => {
      const x = (from[0] - camera.x) / acrossOf(camera);
      const row = (from[1] - camera.y) / rowHeight(camera);
      const [screenX, screenY] = screen(moveCamera(camera, { zoom, from, to }), x, row);
      expect(screenX).toBeCloseTo(to[0], 3);
      expect(screenY).toBeCloseTo(to[1], 3);
    }),
  );
});

test("zooming in and out again leads back", () => {
  fc.assert(
    fc.property(anyCamera, number(0.1, 10), (camera, factor) => {
      const point = [300, 200] as const;
      const there = moveCamera(camera, { zoom: camera.zoom * factor, from: point, to: point });
      const back = moveCamera(there, { zoom: camera.zoom, from: point, to: point });
      expect(back.x).toBeCloseTo(camera.x, 3);
      expect(back.y).toBeCloseTo(camera.y, 3);
      expect(acrossOf(back)).toBeCloseTo(acrossOf(camera), 9);
    }),
  );
});

test("the place in the middle is the one that was centred", () => {
  const place = fc.record({ x: number(0, 1e4), row: number(-1e3, 1e3) });
  fc.assert(
    fc.property(anyCamera, place, anyViewport, (camera, expected, viewport) => {
      const found = centerOf(centerCamera(camera, expected, viewport), viewport);
      expect(found.x * acrossOf(camera)).toBeCloseTo(expected.x * acrossOf(camera), 3);
      expect(found.row * rowHeight(camera)).toBeCloseTo(expected.row * rowHeight(camera), 3);
    }),
  );
});

test("the zoom there is, is allowed, and so is seeing everything", () => {
  fc.assert(
    fc.property(anyCamera, anyBounds, anyViewport, (camera, bounds, viewport) => {
      const [least, greatest] = zoomExtent(camera, bounds, viewport);
      expect(least).toBeLessThanOrEqual(camera.zoom);
      expect(greatest).toBeGreaterThanOrEqual(camera.zoom);
      const fit = fitCamera(bounds, viewport);
      expect(least * camera.across).toBeLessThanOrEqual(fit.across);
      expect(least * camera.rowPx).toBeLessThanOrEqual(fit.rowPx);
    }),
  );
});

test("showing a place moves the camera only if it is out of view, and then into it", () => {
  const place = fc.record({ x: number(0, 1e4), row: number(-1e3, 1e3) });
  fc.assert(
    fc.property(anyCamera, place, anyViewport, (camera, wanted, viewport) => {
      const shown = showPlace(camera, wanted, viewport);
      const [x, y] = screen(shown, wanted.x, wanted.row);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(viewport.width);
      expect(y).toBeGreaterThanOrEqual(54);
      expect(y).toBeLessThanOrEqual(viewport.height);
      const again = showPlace(shown, wanted, viewport);
      expect(again.x).toBeCloseTo(shown.x, 6);
      expect(again.y).toBeCloseTo(shown.y, 6);
    }),
  );
});

test("a readable camera shows texts, and one that is readable stays as it is", () => {
  fc.assert(
    fc.property(anyCamera, (camera) => {
      const near = readableCamera(camera);
      expect(rowHeight(near)).toBeGreaterThanOrEqual(30);
      expect(acrossOf(near)).toBeGreaterThanOrEqual(1);
      expect(readableCamera(near)).toEqual(near);
    }),
  );
});

test("steps of the way end where they lead to", () => {
  fc.assert(
    fc.property(anyCamera, anyCamera, (from, to) => {
      let camera = from;
      for (let i = 0; i < 400; i++) camera = easeCamera(camera, to, 0.1);
      expect(isSameCamera(camera, to)).toBe(true);
      expect(easeCamera(from, to, 1)).toEqual(to);
    }),
  );
});
