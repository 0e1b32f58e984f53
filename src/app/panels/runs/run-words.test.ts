import { expect, test } from "vitest";
import { RUN_STATUSES, type RunSummary } from "../../../protocol/runs.ts";
import { formatAge, outcomeOf } from "./run-words.ts";

const RUN = { status: "finished", answer: "66", correct: true } as RunSummary;

test("a finished run tells its answer, and right or wrong only if that is known", () => {
  expect(outcomeOf(RUN)).toEqual({ word: "66, right", mark: "right" });
  expect(outcomeOf({ ...RUN, correct: false })).toEqual({ word: "66, wrong", mark: "wrong" });
  expect(outcomeOf({ ...RUN, correct: null })).toEqual({ word: "answer 66", mark: "answered" });
});

test("a run without an answer is not called wrong", () => {
  expect(outcomeOf({ ...RUN, answer: null, correct: false }).mark).toBe("stopped");
});

test("no run that is not finished is called right or wrong", () => {
  for (const status of RUN_STATUSES.filter((status) => status !== "finished")) {
    expect(["right", "wrong", "answered"]).not.toContain(outcomeOf({ ...RUN, status }).mark);
  }
});

test("ages are told in the largest unit that fits", () => {
  const ages = [-5, 0, 59, 60, 3599, 7200, 90_000].map((s) => formatAge(0, s * 1000));
  expect(ages).toEqual([
    "now",
    "now",
    "now",
    "1 min. ago",
    "59 min. ago",
    "2 hr. ago",
    "yesterday",
  ]);
});
