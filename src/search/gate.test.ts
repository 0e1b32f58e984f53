import { expect, test } from "vitest";
import type { Fact, RunEvent } from "../protocol/events.ts";
import { Gate } from "./gate.ts";
import { record } from "./record.ts";
import { Stopwatch } from "./stopwatch.ts";

const STARTED = { type: "started" } as Fact;
const kept = (node: number): Fact => ({ type: "kept", nodes: [node] });
const round = (number: number): Fact => ({ type: "round", round: number, phase: "expand" });
const FACTS = [STARTED, round(1), kept(1), kept(2), round(2), kept(3), round(3), kept(4)];

/** A log that is read as far as it goes; `advance` lets everything happen that can. */
function follow(
  gate: Gate,
  {
    signal = new AbortController().signal,
    onEvent = () => {},
  }: { signal?: AbortSignal; onEvent?: (said: string) => void } = {},
) {
  const log: string[] = [];
  let computed = 0;
  async function* facts() {
    for (const fact of FACTS) {
      computed++;
      yield fact;
    }
  }
  const done = (async () => {
    for await (const event of record(facts(), { run: "r", clock: () => 0, signal, gate })) {
      const said = inShort(event);
      log.push(said);
      onEvent(said);
    }
  })();
  // More turns of the queue than anything here takes.
  const settle = async () => {
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
  };
  return { log, done, settle, computed: () => computed };
}

function inShort(event: RunEvent): string {
  if (event.type === "kept") return `kept ${event.nodes}`;
  return event.type === "round" ? `round ${event.round}` : event.type;
}

test("a run that starts paused stands after started, and its search with it", async () => {
  const run = follow(new Gate({ paused: true }));
  await run.settle();
  expect(run.log).toEqual(["started", "paused"]);
  expect(run.computed()).toBe(2);
});

test("a step lets one event pass, several steps as many", async () => {
  const gate = new Gate({ paused: true });
  const run = follow(gate);
  await run.settle();
  gate.step({ to: "event", by: "me" });
  await run.settle();
  expect(run.log).toEqual(["started", "paused", "steered", "round 1"]);
  gate.step({ to: "event", by: "me" });
  gate.step({ to: "event", by: "me" });
  await run.settle();
  expect(run.log.slice(4)).toEqual(["steered", "kept 1", "steered", "kept 2"]);
});

test("a step to the end of the round stops before the next round", async () => {
  const gate = new Gate({ paused: true });
  const run = follow(gate);
  await run.settle();
  gate.step({ to: "round", by: "me" });
  await run.settle();
  expect(run.log.slice(2)).toEqual(["steered", "round 1", "kept 1", "kept 2"]);
  gate.step({ to: "round", by: "me" });
  await run.settle();
  expect(run.log.slice(6)).toEqual(["steered", "round 2", "kept 3"]);
  gate.step({ to: "event", by: "me" });
  await run.settle();
  expect(run.log.slice(9)).toEqual(["steered", "round 3"]);
});

test("a pause stops a step to the end of the round", async () => {
  const gate = new Gate({ paused: true });
  const run = follow(gate, {
    onEvent: (said) => {
      if (said === "kept 1") gate.pause();
    },
  });
  await run.settle();
  gate.step({ to: "round", by: "me" });
  await run.settle();
  expect(run.log.slice(2)).toEqual(["steered", "round 1", "kept 1"]);
});

test("steps that a resume has overtaken are forgotten", async () => {
  const gate = new Gate({ paused: true });
  const run = follow(gate, {
    onEvent: (said) => {
      if (said === "kept 1") gate.pause();
    },
  });
  await run.settle();
  gate.step({ to: "event", by: "me" });
  gate.step({ to: "event", by: "me" });
  gate.resume();
  await run.settle();
  expect(run.log.slice(2)).toEqual(["resumed", "round 1", "kept 1", "paused"]);
});

test("resume is logged once, and nothing is held after it", async () => {
  const gate = new Gate({ paused: true });
  const run = follow(gate);
  await run.settle();
  gate.resume();
  await run.done;
  expect(run.log).toEqual([
    "started",
    "paused",
    "resumed",
    "round 1",
    "kept 1",
    "kept 2",
    "round 2",
    "kept 3",
    "round 3",
    "kept 4",
  ]);
});

test("a run that was never held logs neither pause nor resume", async () => {
  const gate = new Gate();
  gate.pause();
  gate.resume();
  gate.step({ to: "event", by: "me" });
  const run = follow(gate);
  await run.done;
  expect(run.log).not.toContain("paused");
  expect(run.log).not.toContain("resumed");
  expect(run.log).not.toContain("steered");
});

test("a cancelled run ends though it is paused", async () => {
  const controller = new AbortController();
  const run = follow(new Gate({ paused: true }), { signal: controller.signal });
  await run.settle();
  controller.abort("me");
  await run.done;
  expect(run.log).toEqual(["started", "paused", "cancelled"]);
});

test("a pause costs no wall time", async () => {
  let now = 0;
  const stopwatch = new Stopwatch(() => now);
  const gate = new Gate({ paused: true, stopwatch });
  const run = follow(gate);
  await run.settle();
  now = 1000;
  gate.step({ to: "event", by: "me" });
  await run.settle();
  now = 2000;
  gate.resume();
  await run.done;
  now = 2003;
  expect(stopwatch.elapsedMs()).toBe(3);
});
