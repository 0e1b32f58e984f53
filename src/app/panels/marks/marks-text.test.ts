import { expect, test } from "vitest";
import { foldLog } from "../../../protocol/tree.ts";
import { logOf, SAMPLE_FACTS } from "../../sample-log.ts";
import { markedSteps, marksAsJson, marksAsMarkdown } from "./marks-text.ts";

const tree = foldLog(logOf(SAMPLE_FACTS));
const steps = markedSteps(
  tree,
  tree.seq,
  new Map([
    [0, ""],
    [1, "why not\n8-3?"],
    [4, ""],
    [999, "not there yet"],
  ]),
);

test("a bookmark tells its step, its score and its note; what the log has not announced is left out", () => {
  expect(steps.map(({ node, text, note }) => [node, text, note])).toEqual([
    [0, "8-3+2", ""],
    [1, "5+2", "why not\n8-3?"],
    [4, "5+2", ""],
  ]);
  expect(steps[1]!.score).toBeCloseTo(0.9);
  expect(steps[2]!.score).toBeNull();
});

test("in Markdown notes stand under their steps", () => {
  expect(marksAsMarkdown("8-3+2", steps)).toBe(`Bookmarks of \`8-3+2\`

- problem, node 0, not scored: \`8-3+2\`
- step 1, node 1, score 0.90: \`5+2\`
  why not
  8-3?
- step 1, node 4, not scored: \`5+2\`
`);
});

test("no step breaks out of its place in Markdown", () => {
  const step = { node: 1, depth: 1, unit: "step" as const, text: "a `b`\n# c", score: 1, note: "" };
  expect(marksAsMarkdown("p", [step])).toContain("``  a `b` # c  ``".replaceAll("  ", " "));
});

test("JSON is read back as it was", () => {
  expect(JSON.parse(marksAsJson("run", "8-3+2", steps))).toEqual({
    ...{ run: "run", problem: "8-3+2" },
    bookmarks: steps,
  });
});
