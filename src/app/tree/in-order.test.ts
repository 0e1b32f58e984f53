import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_FOLDING } from "../state/reading.ts";
import { parentOf } from "./ground.ts";
import { InOrder } from "./in-order.ts";
import { randomScene } from "./random-scene.ts";
import type { Scene } from "./scene.ts";

/** Trees with few or many items in a column, folded or not, at any moment. */
const anyScene = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 1, max: 400 }),
    shape: fc.constantFrom("bushy" as const, "beam" as const, "chain" as const),
    dead: fc.constantFrom("on" as const, "off" as const),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ dead, share, ...options }) =>
    randomScene(options, share, { folding: { ...NO_FOLDING, dead } }),
  );

/** A part of a column, by shares. */
const anyPart = fc.record({ column: fc.nat(), from: fc.nat(100), length: fc.nat(100) });

function expectFilled(
  inOrder: InOrder,
  scene: Scene,
  part: typeof anyPart extends fc.Arbitrary<infer T> ? T : never,
): void {
  const { order, columnStart, columns } = scene.layout;
  const column = part.column % columns;
  const [first, last] = [columnStart[column]!, columnStart[column + 1]!];
  const start = first + Math.floor(((last - first) * part.from) / 100);
  const end = Math.min(start + Math.ceil(((last - first) * part.length) / 100), last);
  inOrder.fill(scene, column, start, end);
  for (let i = start; i < end; i++) {
    const item = order[i]!;
    expect(inOrder.row[i]).toBe(scene.row[item]);
    expect(inOrder.look[i]).toBe(scene.looks[item]);
    if (column > 0) expect(inOrder.parentRow[i]).toBe(scene.row[parentOf(scene, item)]);
  }
}

test("what is filled in is what the items have, whatever was filled in before", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyScene, fc.array(anyPart, { minLength: 1, maxLength: 12 })), {
        minLength: 1,
        maxLength: 4,
      }),
      (scenes) => {
        const inOrder = new InOrder();
        for (const [scene, parts] of scenes) {
          inOrder.forgetPlaces();
          for (const part of parts) expectFilled(inOrder, scene, part);
          const dark = { ...scene, looks: scene.looks.map((look) => look >> 1) };
          inOrder.forgetLooks();
          for (const part of parts) expectFilled(inOrder, dark, part);
        }
      },
    ),
    { numRuns: 150 },
  );
});
