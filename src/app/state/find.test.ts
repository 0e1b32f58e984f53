import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { RunEvent, UnknownEvent } from "../../protocol/events.ts";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, Tree } from "../../protocol/tree.ts";
import { type Clockwork, findText, followFind, hitsShown, stepHit } from "./find.ts";
import { useView } from "./view.ts";

/** A world whose clock goes on by so much with every look at it, and that calls back when told. */
function world(tick = 0) {
  const waiting: (() => void)[] = [];
  let time = 0;
  const clockwork: Clockwork = {
    soon: (callback) => waiting.push(callback),
    now: () => {
      time += tick;
      return time;
    },
  };
  return {
    clockwork,
    get isWaiting() {
      return waiting.length > 0;
    },
    step: () => waiting.shift()?.(),
    finish: () => {
      while (waiting.length > 0) waiting.shift()!();
    },
  };
}

let end = () => {};

function follow(tick?: number) {
  const made = world(tick);
  end = followFind(made.clockwork);
  return made;
}

function show(tree: Tree) {
  useView.setState({ tree, version: tree.version, at: tree.seq, runId: "run" });
}

afterEach(() => {
  end();
  useView.setState(useView.getInitialState());
});

function hitsNow(): number[] {
  return Array.from(useView.getState().find.hits);
}

function currentHit() {
  const { find } = useView.getState();
  return find.hits[find.current];
}

function naive(tree: Tree, query: string): number[] {
  return Array.from({ length: tree.count }, (_, node) => node).filter(
    (node) =>
      tree.proposedSeq[node]! > 0 && tree.step(node).toLowerCase().includes(query.toLowerCase()),
  );
}

const anyLog = fc
  .record({ seed: fc.nat(500), shape: fc.constantFrom(...SHAPES), nodes: fc.nat(150) })
  .map((options) => [...randomLog({ ...options, width: 8 })]);

test("the hits are the nodes whose step contains the text, ascending, however the log arrives", () => {
  const anyQuery = fc.constantFrom("1", "12", "=", "STEP", "+", " ", "zzz");
  fc.assert(
    fc.property(
      anyLog,
      anyQuery,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (log, query, part) => {
        const cut = Math.floor(log.length * part);
        const tree = new Tree();
        tree.apply(log.slice(0, cut));
        show(tree);
        const { finish, step } = follow(5);
        findText(query);
        step();
        tree.apply(log.slice(cut));
        show(tree);
        finish();
        expect(hitsNow()).toEqual(naive(tree, query));
        end();
        useView.setState(useView.getInitialState());
      },
    ),
  );
});

test("the newest text wins, and what was found for another is never shown", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 3000, shape: "beam" }));
  show(tree);
  const { finish, step } = follow(9);
  findText("1");
  step();
  findText("2");
  const seen = new Set<string>();
  const stop = useView.subscribe(({ find }) => seen.add(find.query));
  finish();
  stop();
  expect([...seen]).toEqual(["2"]);
  expect(hitsNow()).toEqual(naive(tree, "2"));
});

test("a slice ends when its time is over, and nothing waits once all is searched", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 30_000, shape: "beam" }));
  show(tree);
  const made = follow(4);
  findText("1");
  let slices = 0;
  while (made.isWaiting) {
    made.step();
    slices++;
  }
  // 6 ms at 4 ms a look are two looks; each is after 500 events at most.
  expect(slices).toBeGreaterThanOrEqual(Math.floor(tree.seq / 1500));
  expect(hitsNow()).toEqual(naive(tree, "1"));
});

test("going on from hit to hit comes round, in both directions, and stays with what is there at the moment", () => {
  const tree = foldLog(randomLog({ seed: 6, nodes: 80, shape: "beam", width: 8 }));
  show(tree);
  const { finish } = follow();
  findText("1");
  finish();
  const hits = hitsNow();
  expect(hits.length).toBeGreaterThan(3);
  const visited = hits.map(() => {
    stepHit(1);
    return currentHit();
  });
  expect(visited).toEqual(hits);
  stepHit(1);
  expect(currentHit()).toBe(hits[0]);
  stepHit(-1);
  expect(currentHit()).toBe(hits.at(-1));

  useView.setState({ at: tree.announcedSeq[hits[2]!]! - 1 });
  const there = hitsShown(useView.getState());
  expect(hits.slice(0, there)).toEqual(
    hits.filter((node) => tree.announcedSeq[node]! <= useView.getState().at),
  );
});

test("the hit that was gone to stays the current one while others arrive before it", () => {
  const propose = (tree: Tree, log: (RunEvent | UnknownEvent)[]) => {
    tree.apply(log);
    show(tree);
  };
  const log = [...randomLog({ seed: 9, nodes: 60, shape: "wild" })];
  const tree = new Tree();
  const half = Math.floor(log.length / 2);
  propose(tree, log.slice(0, half));
  const { finish } = follow();
  findText("1");
  finish();
  stepHit(-1);
  const { hits, current } = useView.getState().find;
  propose(tree, log.slice(half));
  finish();
  const after = useView.getState().find;
  expect(after.hits[after.current]).toBe(hits[current]);
});

test("who asks for the next hit before there is one goes there when there is", () => {
  const tree = foldLog(randomLog({ seed: 6, nodes: 80, shape: "beam", width: 8 }));
  show(tree);
  const { finish } = follow();
  findText("1");
  stepHit(1);
  expect(currentHit()).toBeUndefined();
  finish();
  expect(currentHit()).toBe(naive(tree, "1")[0]);
  findText("not there");
  stepHit(1);
  finish();
  findText("1");
  finish();
  expect(currentHit()).toBeUndefined();
});

test("hits that somebody else has found stay as they are", () => {
  const log = [...randomLog({ seed: 1, nodes: 50, shape: "beam", width: 8 })];
  const tree = foldLog(log.slice(0, -20));
  show(tree);
  const { finish } = follow();
  useView.setState({ find: { query: "1", hits: [4, 7], current: 0 } });
  tree.apply(log.slice(-20));
  show(tree);
  finish();
  expect(hitsNow()).toEqual([4, 7]);
  findText("2");
  finish();
  expect(hitsNow()).toEqual(naive(tree, "2"));
});

test("an empty text ends the search", () => {
  show(foldLog(randomLog({ seed: 1, nodes: 50, shape: "beam", width: 8 })));
  const made = follow();
  findText("1");
  findText("");
  made.finish();
  expect(useView.getState().find).toEqual({ query: "", hits: [], current: -1 });
});
