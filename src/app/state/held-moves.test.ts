import fc from "fast-check";
import { expect, test } from "vitest";
import { type CameraStep, type HeldMove, HeldMoves } from "./held-moves.ts";

const NOWHERE: CameraStep = { zoom: 1, right: 0, down: 0 };

/** Where the camera is after so many steps. */
function drive(moves: HeldMoves, steps: readonly number[], stillness = false): CameraStep {
  return steps.reduce((at, ms) => {
    const step = moves.advance(ms, stillness) ?? NOWHERE;
    return { zoom: at.zoom * step.zoom, right: at.right + step.right, down: at.down + step.down };
  }, NOWHERE);
}

function held(...names: HeldMove[]): HeldMoves {
  const moves = new HeldMoves();
  for (const name of names) moves.press(name);
  return moves;
}

test("how far a held key goes does not depend on the frame rate", () => {
  const anyFrames = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(anyFrames, anyFrames, (some, others) => {
      const total = Math.min(...[some, others].map((list) => list.reduce((a, b) => a + b)));
      const [a, b] = [some, others].map((list) =>
        drive(held("zoomIn", "panRight"), cut(list, total)),
      );
      expect(a!.right).toBeCloseTo(b!.right, 9);
      expect(Math.log(a!.zoom)).toBeCloseTo(Math.log(b!.zoom), 9);
    }),
  );
});

/** The frames, ended at `total` ms. */
function cut(frames: readonly number[], total: number): number[] {
  let left = total;
  return frames.map((ms) => {
    const used = Math.min(ms, left);
    left -= used;
    return used;
  });
}

test("every key goes its way, and opposite keys hold each other", () => {
  const frames = Array.from({ length: 30 }, () => 16);
  expect(drive(held("zoomIn"), frames).zoom).toBeGreaterThan(1.3);
  expect(drive(held("zoomOut"), frames).zoom).toBeLessThan(0.8);
  expect(drive(held("panRight"), frames).right).toBeGreaterThan(0.2);
  expect(drive(held("panLeft"), frames).right).toBeLessThan(-0.2);
  expect(drive(held("panDown"), frames).down).toBeGreaterThan(0.2);
  expect(drive(held("panUp"), frames).down).toBeLessThan(-0.2);
  expect(drive(held("zoomIn", "zoomOut"), frames)).toEqual(NOWHERE);
});

test("when all keys are released it comes to rest within half a second, and asks for no more frames", () => {
  const moves = held("panRight", "zoomIn");
  drive(moves, [16, 16, 16, 16, 16, 16]);
  moves.releaseAll();
  expect(moves.advance(16, false)).not.toBeNull();
  drive(
    moves,
    Array.from({ length: 31 }, () => 16),
  );
  expect(moves.advance(16, false)).toBeNull();
});

test("who wants stillness gets no easing: it stops with the key", () => {
  const moves = held("panDown");
  expect(drive(moves, [10, 10], true).down).toBeCloseTo(0.9 * 0.02, 9);
  moves.release("panDown");
  expect(moves.advance(16, true)).toBeNull();
});

test("a frame that comes late does not make it jump", () => {
  expect(drive(held("panRight"), [10_000]).right).toBeLessThan(0.06);
});
