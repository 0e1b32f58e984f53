import { expect, test } from "vitest";
import { NO_USE } from "../../protocol/budget.ts";
import { foldLog } from "../../protocol/tree.ts";
import { logOf, SAMPLE_FACTS, seqOf } from "../sample-log.ts";
import { readAnswers } from "./answers/read-answers.ts";
import { readUnits, solutionsAt } from "./budget/units.ts";
import { roundCut } from "./legend/round-cut.ts";
import { readNode, readPrefix } from "./node/read-node.ts";
import { momentWords, nextSpeed, SPEEDS } from "./transport/moment-words.ts";

const log = logOf(SAMPLE_FACTS);
const tree = foldLog(log);
const END = tree.seq;
const moments = log.map(({ seq }) => seq);

/** What a panel would have shown while the run was live. */
function liveAt(at: number) {
  return foldLog(log.slice(0, at + 1));
}

test("every panel says at a past moment what it said when that moment was live", () => {
  for (const at of moments) {
    const live = liveAt(at);
    expect(readAnswers(tree, at)).toEqual(readAnswers(live, at));
    expect(readUnits(tree, at)).toEqual(readUnits(live, at));
    expect(roundCut(tree, at)).toEqual(roundCut(live, at));
    for (let node = 0; node < live.count; node++) {
      expect(readNode(tree, node, at)).toEqual(readNode(live, node, at));
      expect(readPrefix(tree, node, at)).toEqual(readPrefix(live, node, at));
    }
  }
});

test("a pruned node knows its rank, the cut, who beat it and when", () => {
  const { pruned } = readNode(tree, 2, END);
  expect(pruned).toMatchObject({ reason: "not_top_k", rank: 3, beatenBy: 3, round: 1, kept: 2 });
  expect(pruned?.cut).toBeCloseTo(0.6);
  expect(pruned?.when.ms).toBe(140);
});

test("a prefix ends with the node itself and leaves the problem out", () => {
  expect(readPrefix(tree, 6, END).map(({ node, text }) => [node, text])).toEqual([
    [1, "5+2"],
    [6, "7 "],
  ]);
});

test("a node that is being sampled says nothing of what it will be", () => {
  const before = seqOf((fact) => fact.type === "proposed" && fact.node === 5) - 1;
  expect(readNode(tree, 5, before)).toMatchObject({
    status: "sampling",
    tokens: null,
    answer: null,
  });
  expect(readPrefix(tree, 5, before).at(-1)).toMatchObject({ text: "", isSampling: true });
});

test("votes are those of the log, the chosen leaf stands for its answer, the rest is counted", () => {
  const { rows, method, unreadable, pruned } = readAnswers(tree, END);
  expect(method).toBe("weighted_majority");
  expect(
    rows.map(({ answer, weight, representative, isSelected }) => [
      answer,
      weight,
      representative,
      isSelected,
    ]),
  ).toEqual([
    ["7", 1.75, 6, true],
    ["6", 0.4, 7, false],
  ]);
  expect([unreadable, pruned]).toEqual([1, 0]);
});

test("before the choice answers are counted, nobody is chosen, and the best score speaks for each", () => {
  const at = seqOf((fact) => fact.type === "selected") - 1;
  const { rows, method, unreadable } = readAnswers(tree, at);
  expect(method).toBeNull();
  expect(unreadable).toBe(1);
  expect(
    rows.map(({ answer, nodes, representative, isSelected }) => [
      answer,
      nodes.length,
      representative,
      isSelected,
    ]),
  ).toEqual([
    ["7", 2, 6, false],
    ["6", 1, 7, false],
  ]);
});

test("a beam of n costs n solutions, whatever it keeps", () => {
  expect(solutionsAt(tree, END)).toBe(4);
  expect(solutionsAt(tree, 0)).toBe(0);
});

test("only the unit with a limit shows one", () => {
  const limits = readUnits(tree, END).map(({ name, limit }) => [name, limit]);
  expect(limits.filter(([, limit]) => limit !== null)).toEqual([["Policy tokens", 100]]);
});

test("reasoning and answers are told apart where the log does, and make the whole", () => {
  const isToken = ({ name }: { name: string }) => /^(Policy|Reasoning|Answer)/.test(name);
  expect(readUnits(tree, END).filter(isToken)).toHaveLength(1);
  const use = { ...NO_USE, policyTokens: 30, reasoningTokens: 23 };
  const told = foldLog(logOf([SAMPLE_FACTS[0]!, { type: "finished", why: "complete", use }]));
  const spent = readUnits(told, 1).filter(isToken);
  expect(spent.map(({ name, spent }) => [name, spent])).toEqual([
    ["Policy tokens", 30],
    ["Reasoning tokens", 23],
    ["Answer tokens", 7],
  ]);
});

test("the cut line is that of the round that is shown", () => {
  const cut = seqOf((fact) => fact.type === "pruned" && fact.nodes[0]?.reason === "not_top_k");
  expect(roundCut(tree, cut - 1)).toBeNull();
  expect(roundCut(tree, cut)).toBeCloseTo(0.6);
  expect(roundCut(tree, cut + 1)).toBeNull();
});

test("a moment is told by its event, its round and its time", () => {
  expect(momentWords(tree, 13)).toBe("event 13 of 34 · round 1 · prune · 130 ms");
  expect(momentWords(tree, -1)).toBe("before the first of 35 events");
});

test("speeds go up and down by one and stay in range", () => {
  expect(nextSpeed(1, 1)).toBe(2);
  expect(nextSpeed(3, -1)).toBe(2);
  expect(nextSpeed(16, 1)).toBe(16);
  expect(nextSpeed(0.25, -1)).toBe(SPEEDS[0]);
});
