import fc from "fast-check";
import { expect, test } from "vitest";
import { RUN_STATUSES } from "../../../protocol/runs.ts";
import type { Connection } from "../../state/view.ts";
import { runStatus, type StatusFacts } from "./run-status.ts";

const RUNNING: StatusFacts = {
  connection: { state: "live" },
  seq: 213,
  ending: null,
  paused: false,
  server: "running",
  error: null,
};

const endings: fc.Arbitrary<StatusFacts["ending"]> = fc.constantFrom(
  null,
  { type: "finished" as const, why: "complete" },
  { type: "failed" as const, why: "out of memory" },
  { type: "cancelled" as const, why: "user" },
);
const connections: fc.Arbitrary<Connection> = fc.constantFrom<Connection[]>(
  { state: "connecting" },
  { state: "live" },
  { state: "retrying", attempt: 2, inMs: 3000 },
  { state: "ended" },
);
const facts: fc.Arbitrary<StatusFacts> = fc.record({
  connection: connections,
  seq: fc.integer({ min: -1, max: 999 }),
  ending: endings,
  paused: fc.boolean(),
  server: fc.option(fc.constantFrom(...RUN_STATUSES), { nil: null }),
  error: fc.constant(null),
});

test("what ended stays ended, however the connection is", () => {
  fc.assert(
    fc.property(facts, (fact) => {
      fc.pre(fact.ending !== null);
      expect(runStatus(fact).word).toBe(fact.ending?.type);
    }),
  );
});

test("nothing is said to run without a connection", () => {
  fc.assert(
    fc.property(facts, (fact) => {
      const isRunning = runStatus(fact).word === "running";
      if (isRunning) expect(["live", "connecting"]).toContain(fact.connection.state);
    }),
  );
});

test("a log that was closed without an end is interrupted, up to its last event", () => {
  const status = runStatus({ ...RUNNING, connection: { state: "ended" } });
  expect(status.word).toBe("interrupted");
  expect(status.more).toBe("The server went away; this is everything up to event 213.");
});

test("a lost connection says when it is tried again and what is here", () => {
  const connection = { state: "retrying", attempt: 1, inMs: 2900 } as const;
  expect(runStatus({ ...RUNNING, connection })).toMatchObject({
    word: "connection lost",
    more: "retrying in 3 s; this is everything up to event 213",
  });
});

test("a run that is paused at its source is not said to run", () => {
  expect(runStatus({ ...RUNNING, paused: true }).word).toBe("paused at the source");
  expect(runStatus(RUNNING).word).toBe("running");
});

test("a failure says why", () => {
  const ending = { type: "failed", why: "sentei-prm: one score is missing" } as const;
  expect(runStatus({ ...RUNNING, ending }).more).toBe("sentei-prm: one score is missing");
});
