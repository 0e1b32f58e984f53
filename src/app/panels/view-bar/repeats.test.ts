import { expect, test } from "vitest";
import type { RunEvent, UnknownEvent } from "../../../protocol/events.ts";
import { randomLog } from "../../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../../protocol/tree.ts";
import { firstRepeats } from "./repeats.ts";

function isProposed(
  event: RunEvent | UnknownEvent,
): event is Extract<RunEvent, { type: "proposed" }> {
  return event.type === "proposed";
}

/** A tree whose first steps are these. */
function treeOf(steps: readonly string[]): Tree {
  const options = { seed: 1, nodes: 2 * steps.length, shape: "beam", width: steps.length } as const;
  const log = [...randomLog(options)];
  const written = log.map((event) => {
    const step = isProposed(event) ? steps[event.node - 1] : undefined;
    return step === undefined ? event : { ...event, step };
  });
  return foldLog(written);
}

const repeatsOf = (steps: readonly string[]) => {
  const tree = treeOf(steps);
  return firstRepeats(tree, tree.seq);
};

test("a first column of which much is said twice is told, whatever its spelling", () => {
  expect(repeatsOf(["1+2", "1 + 2", "1+2", "3"])).toEqual({ steps: 4, repeats: 2 });
});

test("a few repeats are not worth a word", () => {
  expect(repeatsOf(["1", "2", "3", "3"])).toBe(null);
  expect(repeatsOf(["1", "2", "3", "4"])).toBe(null);
});

test("what was not there yet at the moment does not count", () => {
  const tree = treeOf(["5", "5", "5", "5"]);
  expect(firstRepeats(tree, tree.proposedSeq[4]!)).toEqual({ steps: 4, repeats: 3 });
  expect(firstRepeats(tree, tree.proposedSeq[4]! - 1)).toBe(null);
  expect(firstRepeats(tree, tree.announcedSeq[1]! - 1)).toBe(null);
  expect(firstRepeats(foldLog([]), -1)).toBe(null);
});
