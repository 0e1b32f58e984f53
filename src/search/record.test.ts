import { expect, test } from "vitest";
import { NO_USE } from "../protocol/budget.ts";
import type { Fact, RunEvent } from "../protocol/events.ts";
import { ModelError } from "./ports.ts";
import { comparable, record } from "./record.ts";

const ROUND: Fact = { type: "round", round: 1, phase: "expand" };
const FINISHED: Fact = {
  type: "finished",
  why: "complete",
  use: { ...NO_USE, policyTokens: 5, ms: 30 },
};

async function logOf(
  facts: AsyncIterable<Fact> | Iterable<Fact>,
  options: { signal?: AbortSignal; clock?: () => number } = {},
): Promise<RunEvent[]> {
  async function* stream() {
    yield* facts;
  }
  const { signal = new AbortController().signal, clock = () => 7 } = options;
  const log: RunEvent[] = [];
  for await (const event of record(stream(), { run: "r1", clock, signal })) log.push(event);
  return log;
}

test("events are numbered from 0 and stamped with version, run and time", async () => {
  let now = 0;
  const log = await logOf([ROUND, ROUND, FINISHED], { clock: () => now++ });
  expect(log.map(({ v, run, seq, t }) => [v, run, seq, t])).toEqual([
    [1, "r1", 0, 0],
    [1, "r1", 1, 1],
    [1, "r1", 2, 2],
  ]);
  expect(log[0]).toMatchObject(ROUND);
});

test("an error of a model ends the log in failed, with its words and what was spent", async () => {
  async function* facts(): AsyncGenerator<Fact> {
    yield {
      ...FINISHED,
      type: "proposed",
      node: 1,
      step: "x",
      tokens: 1,
      logprob: null,
      ended: "step",
      origin: "policy",
    } as Fact;
    throw new ModelError("the PRM gave 2 scores for 3 steps");
  }
  const log = await logOf(facts());
  expect(log.at(-1)).toMatchObject({
    type: "failed",
    error: "the PRM gave 2 scores for 3 steps",
    use: { policyTokens: 5 },
  });
});

test("an abort ends the log in cancelled, whatever is thrown then", async () => {
  const controller = new AbortController();
  async function* facts(): AsyncGenerator<Fact> {
    yield ROUND;
    controller.abort("a person");
    throw new Error("socket closed");
  }
  const log = await logOf(facts(), { signal: controller.signal });
  expect(log.map(({ type }) => type)).toEqual(["round", "cancelled"]);
  expect(log.at(-1)).toMatchObject({ by: "a person", use: NO_USE });
});

test("a run that is cancelled before it begins still says what it would have been", async () => {
  const started = { type: "started" } as Fact;
  const log = await logOf([started, ROUND], { signal: AbortSignal.abort("a person") });
  expect(log.map(({ type }) => type)).toEqual(["started", "cancelled"]);
});

test("a reader that leaves ends the search", async () => {
  let hasEnded = false;
  async function* facts(): AsyncGenerator<Fact> {
    try {
      for (;;) yield ROUND;
    } finally {
      hasEnded = true;
    }
  }
  const { signal } = new AbortController();
  for await (const _ of record(facts(), { run: "r", clock: () => 0, signal })) break;
  expect(hasEnded).toBe(true);
});

test("logs are compared without run, time and wall time, and with everything else", async () => {
  const [event] = await logOf([FINISHED]);
  const { ms: _, ...use } = (FINISHED as Extract<Fact, { type: "finished" }>).use;
  expect(comparable(event!)).toEqual({ v: 1, seq: 0, type: "finished", why: "complete", use });
});
