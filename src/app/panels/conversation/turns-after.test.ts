import { expect, test } from "vitest";
import { NO_USE } from "../../../protocol/budget.ts";
import type { Fact } from "../../../protocol/events.ts";
import { foldLog } from "../../../protocol/tree.ts";
import { logOf, SAMPLE_FACTS } from "../../sample-log.ts";
import { turnsAfter } from "./turns-after.ts";

/** Ends with the answer 7. */
const FACTS = SAMPLE_FACTS;
const without = (type: Fact["type"]) =>
  turnsAfter(foldLog(logOf(FACTS.filter((fact) => fact.type !== type))));

/** The sample, its policy telling of each step that all but two of its tokens are reasoning. */
const told = FACTS.map((fact) =>
  fact.type === "proposed" ? { ...fact, reasoningTokens: fact.tokens - 2 } : fact,
);

test("a finished run is a turn: its problem, its answer, and how much reasoning is dropped", () => {
  const tree = foldLog(logOf(told));
  const steps = tree.selectedAt()!.path.length - 1;
  expect(turnsAfter(tree)).toEqual([{ problem: "8-3+2", answer: "7", reasoningTokens: 8 * steps }]);
});

test("what went before it stays before it", () => {
  const before = { problem: "1+1", answer: "2", reasoningTokens: 5 };
  const [started, ...rest] = told;
  const tree = foldLog(logOf([{ ...started, earlier: [before] } as Fact, ...rest]));
  expect(turnsAfter(tree)).toEqual([before, expect.objectContaining({ problem: "8-3+2" })]);
});

test("where one step does not tell its reasoning, nobody knows how much it was", () => {
  expect(turnsAfter(foldLog(logOf(FACTS)))?.[0]?.reasoningTokens).toBe(null);
});

test("without an end or an answer there is nothing to go on from", () => {
  expect(without("finished")).toBe(null);
  expect(without("selected")).toBe(null);
  const failed: Fact = { type: "failed", error: "it fell asleep", use: NO_USE };
  const facts = [...FACTS.filter(({ type }) => type !== "finished"), failed];
  expect(turnsAfter(foldLog(logOf(facts)))).toBe(null);
});
