import fc from "fast-check";
import { expect, test } from "vitest";
import { CardSlots } from "./card-slots.ts";

test("nobody shares a slot, nobody who is still wanted moves, and none is left free while one waits", () => {
  const frame = fc.uniqueArray(fc.nat(30), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
      const slots = new CardSlots(8);
      let before = new Map<number, number>();
      for (const wanted of frames) {
        const given = slots.assign(wanted);
        const now = new Map(wanted.map((node, i) => [node, given[i]!] as const));
        const taken = given.filter((slot) => slot >= 0);
        expect(new Set(taken).size).toBe(taken.length);
        expect(taken).toHaveLength(Math.min(wanted.length, 8));
        expect(taken.every((slot) => slot < 8)).toBe(true);
        for (const node of wanted.slice(0, 8)) {
          const slot = before.get(node) ?? -1;
          if (slot >= 0) expect(now.get(node)).toBe(slot);
        }
        before = now;
      }
    }),
  );
});
