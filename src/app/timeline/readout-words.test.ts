import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import { formatScore } from "../format.ts";
import { readoutWords } from "./readout-words.ts";

const LOG = [...randomLog({ seed: 1, nodes: 60, shape: "beam", width: 16 })];
const tree = foldLog(LOG);

test("one event is told with what it says, and how deep its node is", () => {
  for (const event of LOG) {
    const words = readoutWords(tree, [event.seq, event.seq]);
    expect(words).toMatch(new RegExp(`^event ${event.seq}( · round \\d+)? · ${event.type}`));
    if (event.type === "proposed") {
      expect(words).toContain(`depth ${tree.depth[(event as { node: number }).node]}`);
    }
  }
});

test("several events are told with the best of their scores", () => {
  const scored = LOG.filter(({ type }) => type === "scored") as { seq: number; score: number }[];
  const [from, to] = [scored[0]!.seq, scored[9]!.seq];
  const best = Math.max(...scored.slice(0, 10).map(({ score }) => score));
  expect(readoutWords(tree, [from, to])).toBe(
    `events ${from}–${to} · round 0 · depth 1 · best ${formatScore(best)}`,
  );
});
