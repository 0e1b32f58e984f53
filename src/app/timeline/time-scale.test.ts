import fc from "fast-check";
import { expect, test } from "vitest";
import { eventX, playheadX, seqAt, timeScale } from "./time-scale.ts";

const anyScale = fc
  .record({
    events: fc.integer({ min: 1, max: 1_000_000 }),
    width: fc.integer({ min: 100, max: 4000 }),
  })
  .map(({ events, width }) => ({ events, width, scale: timeScale(events, width) }));

test("the place of an event's playhead is read as that event", () => {
  fc.assert(
    fc.property(anyScale, fc.nat(), ({ events, scale }, pick) => {
      const seq = pick % events;
      expect(seqAt(scale, playheadX(scale, seq))).toBe(seq);
    }),
  );
});

test("every place on the strip is an event that is known", () => {
  fc.assert(
    fc.property(anyScale, fc.integer({ min: -500, max: 5000 }), ({ events, scale }, x) => {
      const seq = seqAt(scale, x);
      expect(seq).toBeGreaterThanOrEqual(0);
      expect(seq).toBeLessThan(events);
    }),
  );
});

test("the whole run fills the strip and stays inside of it", () => {
  fc.assert(
    fc.property(anyScale, ({ events, width, scale }) => {
      expect(eventX(scale, 0)).toBeGreaterThanOrEqual(6);
      expect(playheadX(scale, events - 1)).toBeLessThanOrEqual(width - 6);
      expect(playheadX(scale, events - 1) - eventX(scale, 0)).toBeGreaterThan(width * 0.7);
    }),
  );
});

test("before the first event there is one place, the beginning", () => {
  const scale = timeScale(0, 800);
  expect(playheadX(scale, -1)).toBe(eventX(scale, 0));
  expect(seqAt(scale, 400)).toBe(0);
});
