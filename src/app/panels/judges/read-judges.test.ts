import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../protocol/events.ts";
import { randomLog } from "../../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../../protocol/tree.ts";
import { judgePrefix } from "../node/judge-prefix.ts";
import { checkerOf } from "./checker-scores.ts";
import { disagreements, othersOf, readJudges } from "./read-judges.ts";

const anyLog = fc
  .record({ seed: fc.nat(200), nodes: fc.integer({ min: 1, max: 60 }) })
  .map((options) => withSteps([...randomLog({ ...options, shape: "bushy" })]));
const anyTree = anyLog.map((log) => foldLog(log));

/** The same tree, of a problem that a family knows, with lines of which some are right. */
function withSteps(log: readonly { readonly type: string }[]): RunEvent[] {
  // The second leads nowhere: from 2 and 7 there is no way to 10.
  const lines = [
    ...["2*3=6 (left 4 6)", "4+6=10 (left 10)", "3+4=7 (left 2 7)", "2+7=9 (left 9)"],
    ...["3*4=13 (left 2 13)", "2*3=6 (left 4 6)", "nothing"],
  ];
  let next = 0;
  return log.map((event) => {
    if (event.type === "started") {
      const problem = { family: "countdown", text: "2 3 4 -> 10", level: null };
      return { ...event, problem } as unknown as RunEvent;
    }
    if (event.type !== "proposed") return event as RunEvent;
    return { ...event, step: lines[next++ % lines.length]! } as unknown as RunEvent;
  });
}

test("the checker says of every prefix what it says line by line, and both judge the same nodes", () => {
  fc.assert(
    fc.property(anyTree, fc.double({ min: 0, max: 1, noNaN: true }), (tree, share) => {
      const at = Math.floor(share * tree.seq);
      const { all, left } = readJudges(tree, at, "checker");
      expect(left).toBe(0);
      expect(all.map(({ node }) => node)).toEqual(scoredAt(tree, at));
      for (const { node, search, other } of all) {
        const verdicts = judgePrefix(tree.started!.problem, tree.steps(node))!;
        const isRight = verdicts.every((verdict) => verdict.right && verdict.reachable);
        expect(other).toBe(isRight && tree.correctAt(node, at) !== false ? 1 : 0);
        expect(search).toBe(tree.scoreAt(node, at));
      }
    }),
  );
});

test("a checker that follows a growing tree says what one says who sees it whole", () => {
  fc.assert(
    fc.property(anyLog, fc.double({ min: 0, max: 1, noNaN: true }), (log, share) => {
      const growing = foldLog(log.slice(0, 1 + Math.floor(share * (log.length - 1))));
      const checker = checkerOf(growing)!;
      growing.apply(log.slice(growing.seq + 1));
      expect(checkerOf(growing)).toBe(checker);
      const other = checkerOf(foldLog(log))!;
      for (let node = 0; node < growing.count; node++) {
        expect(checker.score[node]).toBe(other.score[node]);
        expect(checker.scoreAt(node, growing.seq)).toBe(checker.score[node]);
      }
    }),
  );
});

function scoredAt(tree: Tree, at: number): number[] {
  return Array.from({ length: tree.countAt(at) }, (_, node) => node).filter(
    (node) => node > 0 && !Number.isNaN(tree.scoreAt(node, at)),
  );
}

test("disagreements are those that are wide enough, the widest first", () => {
  const all = [
    { node: 1, search: 0.9, other: 0 },
    { node: 2, search: 0.2, other: 0 },
    { node: 3, search: 0.1, other: 1 },
    { node: 4, search: 1, other: 0 },
  ];
  expect(disagreements(all, 0.5).map(({ node }) => node)).toEqual([4, 1, 3]);
});

test("a run whose problem nobody knows has no other judge", () => {
  expect(othersOf(foldLog(randomLog({ seed: 1, nodes: 5, shape: "beam" })))).not.toContain(
    "second",
  );
});
