import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { type Pass, RequestWindow } from "./request-window.ts";

const SIGNAL = new AbortController().signal;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test("N8: no more are in flight than the window has, all get in, first come first served", async () => {
  const how = fc.constantFrom("well", "overloaded", "otherwise");
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.array(how, { minLength: 1, maxLength: 40 }),
      async (most, ends) => {
        const window = new RequestWindow(most, fakeClock());
        const inside: Pass[] = [];
        const order: number[] = [];
        const entering = ends.map(async (_, i) => {
          const pass = await window.enter(SIGNAL);
          order.push(i);
          inside.push(pass);
        });
        for (const end of ends) {
          await settled();
          expect(inside.length).toBeGreaterThan(0);
          expect(window.inFlight).toBe(inside.length);
          expect(window.inFlight).toBeLessThanOrEqual(most);
          window.leave(inside.shift()!, end as "well");
          expect(window.size).toBeGreaterThanOrEqual(1);
          expect(window.size).toBeLessThanOrEqual(most);
        }
        await Promise.all(entering);
        expect(order).toEqual(ends.map((_, i) => i));
      },
    ),
    { numRuns: 50 },
  );
});

test("one overload halves it once, whoever else was let in before; good answers bring it back", async () => {
  const window = new RequestWindow(64, fakeClock());
  const passes = await Promise.all(Array.from({ length: 64 }, () => window.enter(SIGNAL)));
  for (const pass of passes) window.leave(pass, "overloaded");
  expect(window.size).toBe(32);
  for (let i = 0; i < 33; i++) window.leave(await window.enter(SIGNAL), "well");
  expect(window.size).toBe(33);
  for (let i = 0; i < 10_000; i++) window.leave(await window.enter(SIGNAL), "well");
  expect(window.size).toBe(64);
});

test("who leaves the queue is not waited for, and nobody gets in during a pause", async () => {
  const clock = fakeClock();
  const window = new RequestWindow(1, clock);
  const first = await window.enter(SIGNAL);
  const stop = new AbortController();
  const second = window.enter(stop.signal);
  const third = window.enter(SIGNAL);
  stop.abort(new Error("no more"));
  await expect(second).rejects.toThrow("no more");
  window.pause(700);
  window.leave(first, "otherwise");
  await third;
  expect(clock.slept).toEqual([700]);
});
