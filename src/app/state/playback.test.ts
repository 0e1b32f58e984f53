import fc from "fast-check";
import { expect, test } from "vitest";
import { advance, pace } from "./playback.ts";

const FRAME_MS = 1000 / 60;

/** Seconds until a playhead that starts before the first event shows the last one. */
function secondsToPlay(events: number, speed: number): number {
  let frames = 0;
  for (let position = -1; position < events - 1; frames++) {
    position = advance(position, { elapsedMs: FRAME_MS, newest: events - 1, speed });
  }
  return (frames * FRAME_MS) / 1000;
}

test("a known run of any length is shown in 9 s, or sooner at 25 events a second", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4_000_000 }), (events) => {
      const seconds = secondsToPlay(events, 1);
      expect(seconds).toBeLessThan(Math.min(9, events / 25) + 0.1);
      expect(seconds).toBeGreaterThan(Math.min(9, events / 25) - 0.1);
    }),
    { numRuns: 50 },
  );
});

test("twice the speed takes half the time", () => {
  expect(secondsToPlay(600, 2) / secondsToPlay(600, 1)).toBeCloseTo(0.5, 1);
});

test("the playhead never goes back and never passes the newest event", () => {
  fc.assert(
    fc.property(
      fc.record({
        newest: fc.integer({ min: 0, max: 10_000 }),
        elapsedMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
        speed: fc.constantFrom(0.25, 1, 16),
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (frame, share) => {
        const position = share * frame.newest;
        const next = advance(position, frame);
        expect(next).toBeGreaterThanOrEqual(position);
        expect(next).toBeLessThanOrEqual(frame.newest);
      },
    ),
  );
});

test("a frame that took long, as in a hidden tab, moves no further than a tenth of a second would", () => {
  const options = { newest: 1000, speed: 1 };
  const jump = advance(0, { ...options, elapsedMs: 60_000 });
  expect(jump).toBe(advance(0, { ...options, elapsedMs: 100 }));
  expect(jump).toBeCloseTo(pace(1001, 1) / 10, 6);
});
