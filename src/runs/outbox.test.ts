import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent } from "../protocol/events.ts";
import { type Batch, Outbox } from "./outbox.ts";

function roundEvent(seq: number): RunEvent {
  return { v: 1, run: "run", seq, t: seq, type: "round", round: 1, phase: "expand" };
}

test("whatever is pushed is posted once, in order, in batches of at most 200", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 450 }), { maxLength: 6 }), (bursts) => {
      const posted: Batch[] = [];
      const outbox = new Outbox("run", (batch) => posted.push(batch));
      let seq = 0;
      for (const burst of bursts) {
        for (let i = 0; i < burst; i++) outbox.push(roundEvent(seq++));
        outbox.flush();
      }
      const events = posted.flatMap(({ lines }) => lines.map(({ data }) => JSON.parse(data)));
      expect(events).toEqual(Array.from({ length: seq }, (_, i) => roundEvent(i)));
      for (const { lines } of posted) {
        expect(lines.length).toBeGreaterThan(0);
        expect(lines.length).toBeLessThanOrEqual(200);
      }
    }),
  );
});

test("a lonely event is posted by itself after a moment, with the progress that it makes", async () => {
  const batch = await new Promise<Batch>((resolve) => {
    new Outbox("run", resolve).push({
      ...{ v: 1, run: "run", seq: 0, t: 1 },
      ...{ type: "expanded", node: 0, first: 1, kids: 3 },
    });
  });
  expect(batch).toMatchObject({ run: "run", progress: { nodes: 3 } });
  expect(batch.lines.map(({ seq }) => seq)).toEqual([0]);
});

test("there is room as long as the store keeps up, and again when it has caught up", async () => {
  const posted: Batch[] = [];
  const outbox = new Outbox("run", (batch) => posted.push(batch));
  let pushed = 0;
  while (pushed < 1_999) outbox.push(roundEvent(pushed++));
  await outbox.room();
  outbox.push(roundEvent(pushed++));

  let hasRoom = false;
  const room = outbox.room().then(() => {
    hasRoom = true;
  });
  expect(posted.at(-1)?.lines.at(-1)?.seq).toBe(1_999);
  outbox.stored(-1);
  await Promise.resolve();
  expect(hasRoom).toBe(false);
  outbox.stored(0);
  await room;
});
