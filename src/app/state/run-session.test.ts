import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent, UnknownEvent } from "../../protocol/events.ts";
import { randomLog } from "../../protocol/random-log.ts";
import { type Beginning, RunSession, type SessionView } from "./run-session.ts";

type Log = (RunEvent | UnknownEvent)[];

/** A session whose frames come when the test says so. */
function openSession(beginning: Beginning = { from: "newest" }) {
  let waiting: ((time: number) => void) | null = null;
  let time = 0;
  const published: SessionView[] = [];
  const broken: true[] = [];
  const session = new RunSession({
    runId: "run",
    beginning,
    speed: 1,
    requestFrame: (callback) => {
      expect(waiting).toBeNull();
      waiting = callback;
    },
    publish: (view) => published.push(view),
    onBroken: () => broken.push(true),
  });
  return {
    session,
    published,
    broken,
    get isWaiting() {
      return waiting !== null;
    },
    /** Lets frames pass, as many as the session asks for and at most so many. */
    frames(most = 1) {
      for (let i = 0; i < most && waiting !== null; i++) {
        const callback = waiting;
        waiting = null;
        time += 1000 / 60;
        callback(time);
      }
    },
  };
}

const LOG = [...randomLog({ seed: 4, nodes: 150, shape: "beam", width: 16 })];
const END = LOG.length - 1;

function received(log: Log, beginning?: Beginning) {
  const opened = openSession(beginning);
  opened.session.connect({ state: "live" });
  opened.session.receive(log);
  opened.frames();
  return opened;
}

test("however many batches arrive in a frame, they are published once", () => {
  const opened = openSession();
  for (const event of LOG) opened.session.receive([event]);
  expect(opened.published).toHaveLength(0);
  opened.frames();
  expect(opened.published).toHaveLength(1);
  expect(opened.published[0]).toMatchObject({ at: END, live: true });
  expect(opened.session.tree.seq).toBe(END);
});

test("nothing is asked for while nothing moves", () => {
  const opened = received(LOG);
  opened.frames(10);
  expect(opened.isWaiting).toBe(false);
});

test("a finished run is shown at its end and stands still", () => {
  const { session } = received(LOG);
  expect(session.view()).toMatchObject({ at: END, live: true, playing: false });
});

test("a run that was just started shows its first step at once, then plays for about 8 s", () => {
  const opened = received(LOG, { from: "start" });
  const { session } = opened;
  expect(session.at).toBe(LOG.findIndex(({ type }) => type === "proposed"));
  expect(session.view()).toMatchObject({ live: false, playing: true });
  opened.frames(10_000);
  expect(session.view()).toMatchObject({ at: END, live: true, playing: false });
  const seconds = opened.published.length / 60;
  expect(seconds).toBeGreaterThan(Math.min(7.5, END / 25 - 1));
  expect(seconds).toBeLessThan(8.5);
});

test("a playhead that has caught up with a growing run is live", () => {
  const opened = received(LOG.slice(0, 60), { from: "start" });
  const { session } = opened;
  opened.frames(1000);
  expect(session.view()).toMatchObject({ at: 59, live: true, playing: true });
  session.receive(LOG.slice(60, 61));
  opened.frames(10);
  expect(session.view()).toMatchObject({ at: 60, live: true });
  session.receive(LOG.slice(61));
  opened.frames(1);
  expect(session.view()).toMatchObject({ live: false, playing: true });
});

test("a held view does not move while events are folded", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: END }), fc.nat(END), (known, at) => {
      const opened = received(LOG.slice(0, known));
      const { session } = opened;
      session.seek(at);
      opened.frames();
      const shown = Math.min(at, known - 1);
      session.receive(LOG.slice(known));
      opened.frames(10);
      expect(session.at).toBe(shown);
      expect(session.live).toBe(false);
      expect(session.tree.seq).toBe(END);
    }),
  );
});

test("a moment that a link names is reached as soon as it is known", () => {
  const opened = received(LOG.slice(0, 50), { from: "seq", at: 80 });
  expect(opened.session.at).toBe(49);
  expect(opened.session.heldAt).toBe(80);
  opened.session.receive(LOG.slice(50));
  opened.frames();
  expect(opened.session.at).toBe(80);
});

test("going live sticks to the newest event, whatever is done to it before", () => {
  const opened = received(LOG.slice(0, 50));
  opened.session.seek(3);
  opened.session.goLive();
  opened.session.receive(LOG.slice(50, 90));
  opened.frames();
  expect(opened.session.view()).toMatchObject({ at: 89, live: true, playing: true });
});

test("steps that come faster than frames all count", () => {
  const { session } = received(LOG);
  session.seek(10);
  for (let i = 0; i < 5; i++) session.step(1);
  session.step(-1);
  expect(session.at).toBe(14);
});

test("rounds are stepped through from the first to the last and back", () => {
  const { session } = received(LOG);
  const starts = [...new Set(session.tree.rounds.map(({ round }) => round))].map(
    (round) => session.tree.rounds.find((start) => start.round === round)!.seq,
  );
  session.seek(0);
  const there = starts.map(() => {
    session.stepRound(1);
    return session.at;
  });
  expect(there).toEqual(starts);
  session.stepRound(1);
  expect(session.at).toBe(END);
  const back = starts.map(() => {
    session.stepRound(-1);
    return session.at;
  });
  expect(back).toEqual(starts.toReversed());
  session.stepRound(-1);
  expect(session.at).toBe(0);
});

test("playing at the end of a finished run starts over, and pausing holds", () => {
  const opened = received(LOG);
  const { session } = opened;
  session.togglePlay();
  opened.frames(20);
  expect(session.playing).toBe(true);
  expect(session.at).toBeGreaterThan(0);
  expect(session.at).toBeLessThan(END);
  session.togglePlay();
  const { at } = session;
  opened.frames(20);
  expect(session.view()).toMatchObject({ at, playing: false });
});

test("a run that is interrupted stops playing when its connection has ended", () => {
  const opened = received(LOG.slice(0, 40));
  expect(opened.session.playing).toBe(true);
  opened.session.connect({ state: "ended" });
  opened.frames();
  expect(opened.session.view()).toMatchObject({ playing: false, connection: { state: "ended" } });
  expect(opened.session.tree.ending).toBeNull();
});

test("a log with a gap is shown up to it, and says so", () => {
  const opened = received([...LOG.slice(0, 20), ...LOG.slice(21)]);
  expect(opened.session.tree.seq).toBe(19);
  expect(opened.published.at(-1)?.connection).toMatchObject({ state: "failed" });
  expect(opened.broken).toHaveLength(1);
});

test("nothing of a closed session reaches the page", () => {
  const opened = openSession();
  opened.session.receive(LOG.slice(0, 10));
  opened.session.close();
  opened.session.receive(LOG.slice(10));
  opened.session.connect({ state: "ended" });
  opened.frames(10);
  expect(opened.published).toHaveLength(0);
});
