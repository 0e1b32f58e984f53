import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent, UnknownEvent } from "../../protocol/events.ts";
import { randomLog } from "../../protocol/random-log.ts";
import type { Tree } from "../../protocol/tree.ts";
import { type Beginning, RunSession, type SessionView } from "./run-session.ts";

type Log = (RunEvent | UnknownEvent)[];

/** A session whose frames come when the test says so. */
function openSession(beginning: Beginning = { from: "newest" }, now: () => number = () => 0) {
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
    now,
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
    /** Lets the frame pass that is waited for, at that time in ms. */
    frameAt(at: number) {
      time = at - 1000 / 60;
      this.frames();
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
const LONG_LOG = [...randomLog({ seed: 4, nodes: 2000, shape: "beam", width: 64 })];
const END = LOG.length - 1;

function received(log: Log, beginning?: Beginning) {
  const opened = openSession(beginning);
  opened.session.connect({ state: "live" });
  void opened.session.receive(log);
  opened.frames();
  opened.frames(beginning?.from === "start" ? 0 : 1);
  return opened;
}

test("however many batches arrive in a frame, they are published once", () => {
  const opened = openSession();
  for (const event of LOG) void opened.session.receive([event]);
  expect(opened.published).toHaveLength(0);
  opened.frames();
  expect(opened.published).toHaveLength(1);
  expect(opened.published[0]).toMatchObject({ at: END, live: true });
  expect(opened.session.tree.seq).toBe(END);
});

test("what is folded in one frame is drawn in the next, which folds nothing", () => {
  const opened = openSession();
  const { session, published } = opened;
  const seqs: number[] = [];
  for (let from = 0; from < 60; from += 10) {
    void session.receive(LOG.slice(from, from + 10));
    opened.frames();
    seqs.push(session.tree.seq);
  }
  expect(seqs).toEqual([9, 9, 29, 29, 49, 49]);
  expect(published.map(({ at }) => at)).toEqual([9, 29, 49]);
  opened.frames(10);
  expect(session.tree.seq).toBe(59);
});

test("what a person does is shown in the next frame, whoever has it", () => {
  const opened = openSession();
  const { session } = opened;
  for (let from = 0; from < 60; from += 10) {
    void session.receive(LOG.slice(from, from + 10));
    opened.frames();
    session.seek(from / 10);
    void session.receive([]);
    opened.frames();
    expect(opened.published.at(-1)).toMatchObject({ at: from / 10, live: false });
  }
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

test("a run that was just started shows its first step at once, then plays for 9 s at most", () => {
  const opened = received(LOG, { from: "start" });
  const { session } = opened;
  expect(session.at).toBe(LOG.findIndex(({ type }) => type === "proposed"));
  expect(session.view()).toMatchObject({ live: false, playing: true });
  opened.frames(10_000);
  expect(session.view()).toMatchObject({ at: END, live: true, playing: false });
  const seconds = opened.published.length / 60;
  expect(seconds).toBeGreaterThan(Math.min(8.5, END / 25 - 1));
  expect(seconds).toBeLessThan(9.5);
});

test("a playhead that has caught up with a growing run is live", () => {
  const opened = received(LOG.slice(0, 60), { from: "start" });
  const { session } = opened;
  opened.frames(1000);
  expect(session.view()).toMatchObject({ at: 59, live: true, playing: true });
  void session.receive(LOG.slice(60, 61));
  opened.frames(10);
  expect(session.view()).toMatchObject({ at: 60, live: true });
  void session.receive(LOG.slice(61));
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
      void session.receive(LOG.slice(known));
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
  void opened.session.receive(LOG.slice(50));
  opened.frames();
  expect(opened.session.at).toBe(80);
});

test("going live sticks to the newest event, whatever is done to it before", () => {
  const opened = received(LOG.slice(0, 50));
  opened.session.seek(3);
  opened.session.goLive();
  void opened.session.receive(LOG.slice(50, 90));
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

test("a long log is folded over many frames, none of which takes much longer than it may", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.nat(40), (size, micros) => {
      // A clock that an event's folding, and nothing else, moves on.
      const clock = { tree: null as Tree | null };
      const now = () => ((clock.tree?.seq ?? 0) * micros) / 1000;
      const opened = openSession({ from: "newest" }, now);
      const { session } = opened;
      clock.tree = session.tree;
      for (let from = 0; from < LONG_LOG.length; from += size) {
        void session.receive(LONG_LOG.slice(from, from + size));
      }
      session.connect({ state: "ended" });
      while (opened.isWaiting) {
        const before = now();
        opened.frames();
        expect(now() - before).toBeLessThanOrEqual(6 + (512 * micros) / 1000);
        const isAll = session.tree.seq === LONG_LOG.length - 1;
        expect(session.view().connection.state).toBe(isAll ? "ended" : "connecting");
      }
      expect(session.tree.seq).toBe(LONG_LOG.length - 1);
    }),
    { numRuns: 20 },
  );
});

test("where frames take long, more is read and folded between two of them, but never more than twice as long", async () => {
  let time = 0;
  const opened = openSession({ from: "newest" }, () => time);
  const { session } = opened;
  let sent = 0;
  /** For how long events are taken, one a ms, before whoever brings them has to wait for a frame. */
  const readSlice = async (frameMs: number) => {
    const start = time;
    let room: Promise<void> | undefined;
    for (;;) {
      room = session.receive(LONG_LOG.slice(sent, ++sent));
      if (room !== undefined) break;
      time++;
    }
    const took = time - start;
    for (let i = 0; i < 2; i++) {
      time += frameMs;
      opened.frameAt(time);
    }
    await room;
    return took;
  };
  const slicesOf = async (frameMs: number) => {
    const slices: number[] = [];
    for (let i = 0; i < 4; i++) slices.push(await readSlice(frameMs));
    return slices;
  };
  expect(await slicesOf(12)).toEqual([6, 6, 6, 6]);
  expect((await slicesOf(24)).at(-1)).toBe(10);
  expect((await slicesOf(100)).at(-1)).toBe(12);
  // Nobody waits any more: what comes next need not be hurried.
  void session.receive(LONG_LOG.slice(sent, ++sent));
  opened.frames(2);
  expect(await readSlice(100)).toBe(6);
});

test("who brings events faster than frames take them waits for the next frame", async () => {
  let time = 0;
  const opened = openSession({ from: "newest" }, () => time);
  const { session } = opened;
  expect(session.receive(LOG.slice(0, 10))).toBeUndefined();
  time += 2;
  expect(session.receive(LOG.slice(10, 20))).toBeUndefined();
  time += 5;
  const room = session.receive(LOG.slice(20, 30));
  expect(room).toBeInstanceOf(Promise);
  opened.frames();
  await room;
  expect(session.receive(LOG.slice(30, 40))).toBeUndefined();
  time += 7;
  const never = session.receive(LOG.slice(40, 50));
  session.close();
  await never;
});

test("who waits goes on when all is folded, and no sooner", async () => {
  const clock = { tree: null as Tree | null, ms: 0 };
  const opened = openSession({ from: "newest" }, () => clock.ms + (clock.tree?.seq ?? 0) / 100);
  const { session } = opened;
  clock.tree = session.tree;
  void session.receive(LONG_LOG.slice(0, 3000));
  clock.ms += 7;
  let goesOn = false;
  const room = session.receive(LONG_LOG.slice(3000, 3100))!.then(() => {
    goesOn = true;
  });
  while (session.tree.seq < 3099) {
    expect(goesOn).toBe(false);
    opened.frames(1);
    await Promise.resolve();
  }
  await room;
});

test("V10: in a playback every event is fresh for a fifth of a second, and nothing else is", () => {
  const anyFrames = fc.array(fc.double({ min: 1, max: 90, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(anyFrames, fc.constantFrom(0.25, 1, 4, 16), (lengths, speed) => {
      const opened = received(LOG);
      const { session } = opened;
      session.setSpeed(speed);
      session.play();
      // When each event was fresh for the first time and for the last.
      const firsts = LOG.map(() => Number.NaN);
      const lasts = LOG.map(() => Number.NaN);
      let time = 0;
      for (let frame = 0; opened.isWaiting; frame++) {
        time += lengths[frame % lengths.length]!;
        opened.frameAt(time);
        const { fresh, at } = session.view();
        for (let seq = fresh[0]; seq <= fresh[1]; seq++) {
          if (Number.isNaN(firsts[seq])) firsts[seq] = time;
          lasts[seq] = time;
        }
        expect(fresh[1]).toBeLessThanOrEqual(at);
        expect(firsts.findIndex(Number.isNaN)).toBe(at < END ? at + 1 : -1);
      }
      expect(session.view()).toMatchObject({ at: END, playing: false, fresh: [0, -1] });
      const glows = lasts.map((last, seq) => last - firsts[seq]!);
      // It stays on the screen until the frame after the last.
      expect(Math.min(...glows) + 90).toBeGreaterThanOrEqual(200);
      expect(Math.max(...glows)).toBeLessThan(200);
      if (speed >= 1) expect(time).toBeLessThan(10_000);
    }),
    { numRuns: 30 },
  );
});

test("nothing is fresh but in a playback", () => {
  const opened = received(LOG, { from: "start" });
  const { session } = opened;
  opened.frames(10);
  expect(session.view().fresh[1]).toBeGreaterThan(0);
  session.pause();
  opened.frames();
  expect(session.view().fresh).toEqual([0, -1]);
  session.seek(3);
  opened.frames();
  expect(session.view().fresh).toEqual([0, -1]);
});

test("nothing of a closed session reaches the page", () => {
  const opened = openSession();
  void opened.session.receive(LOG.slice(0, 10));
  opened.session.close();
  void opened.session.receive(LOG.slice(10));
  opened.session.connect({ state: "ended" });
  opened.frames(10);
  expect(opened.published).toHaveLength(0);
});
