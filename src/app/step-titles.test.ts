import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../lib/random.ts";
import { inEnglish } from "../lib/said.ts";
import { FAMILIES } from "../problems/families.ts";
import { NO_USE } from "../protocol/budget.ts";
import { type Fact, ROOT } from "../protocol/events.ts";
import { foldLog, Tree } from "../protocol/tree.ts";
import { logOf, SAMPLE_FACTS } from "./sample-log.ts";
import { hasTitles, shownStep, titleOf } from "./step-titles.ts";
import { ColumnWidths } from "./tree/column-widths.ts";
import { labelText } from "./tree/label-text.ts";

/** A tree with `lines` written solutions of one generated problem, side by side. */
function solvedFacts(family: (typeof FAMILIES)[number], seed: number, lines: number): Fact[] {
  const problem = family.generate({ level: family.levels[0]!, seed, split: "train" });
  const facts: Fact[] = [
    {
      ...(SAMPLE_FACTS[0] as Extract<Fact, { type: "started" }>),
      problem: { family: family.name, text: family.render(problem), level: null },
    },
  ];
  let next = 1;
  for (let line = 0; line < lines; line++) {
    let parent = 0;
    const random = createRandom(seed + line);
    for (const step of family.writeSolution(problem, random, "solved").steps) {
      facts.push({ type: "expanded", node: parent, first: next, kids: 1 });
      facts.push({
        ...{ type: "proposed", node: next, step, tokens: 5, logprob: null, ended: "step" },
        ...{ origin: "policy", use: NO_USE },
      });
      parent = next++;
    }
  }
  return facts;
}

const anyFamily = fc.constantFrom(...FAMILIES);
const solved = (family: (typeof FAMILIES)[number], seed: number, lines = 3) =>
  foldLog(logOf(solvedFacts(family, seed, lines)));

test("every step of a written solution is named as its family names it", () => {
  fc.assert(
    fc.property(anyFamily, fc.nat(), (family, seed) => {
      const tree = solved(family, seed);
      const problem = family.parse(tree.started!.problem.text);
      expect(hasTitles(tree)).toBe(true);
      for (let node = 1; node < tree.count; node++) {
        const steps = tree.steps(node);
        const title = inEnglish(family.titleOf(problem, steps.slice(0, -1), steps.at(-1)!)!);
        expect([titleOf(tree, node), titleOf(tree, node)]).toEqual([title, title]);
        expect(labelText({ tree, titles: true }, node)).toBe(title);
        expect(labelText({ tree, titles: false }, node)).toBe(steps.at(-1));
      }
      expect(titleOf(tree, ROOT)).toBe(null);
      expect(labelText({ tree, titles: true }, ROOT)).toBe(tree.started!.problem.text);
    }),
    { numRuns: 40 },
  );
});

test("what is not proposed yet has no title, and gets one when it is", () => {
  const log = logOf(solvedFacts(FAMILIES[0]!, 5, 1));
  const tree = new Tree();
  tree.apply(log.slice(0, 2));
  expect(titleOf(tree, 1)).toBe(null);
  tree.apply(log.slice(2));
  expect(titleOf(tree, 1)).not.toBe(null);
});

test("steps of a problem that no family knows are shown as they are", () => {
  const started = SAMPLE_FACTS[0] as Extract<Fact, { type: "started" }>;
  for (const problem of [
    { family: null, text: "8-3+2", level: null },
    { family: "a family of later", text: "8-3+2", level: null },
    { family: "expressions", text: "not an expression", level: null },
  ]) {
    const tree = foldLog(logOf([{ ...started, problem }, ...SAMPLE_FACTS.slice(1)]));
    expect(hasTitles(tree)).toBe(false);
    expect(titleOf(tree, 1)).toBe(null);
    expect(shownStep({ tree, titles: true }, 1)).toBe("5+2");
  }
});

test("a step that is no line is shown as it is, and so is one that is very deep", () => {
  const [started] = SAMPLE_FACTS;
  const facts: Fact[] = [started!];
  for (let node = 1; node <= 600; node++) {
    const step = node === 3 ? "what is asked here?" : "5+2";
    facts.push({ type: "expanded", node: node - 1, first: node, kids: 1 });
    facts.push({
      ...{ type: "proposed", node, step, tokens: 5, logprob: null, ended: "step" },
      ...{ origin: "policy", use: NO_USE },
    });
  }
  const tree = foldLog(logOf(facts));
  expect(titleOf(tree, 3)).toBe(null);
  expect(shownStep({ tree, titles: true }, 3)).toBe("what is asked here?");
  expect(titleOf(tree, 500)).not.toBe(null);
  expect(titleOf(tree, 501)).toBe(null);
});

test("columns for titles do not depend on how the tree has come, nor on what was shown before", () => {
  fc.assert(
    fc.property(anyFamily, fc.nat(), fc.nat(), (family, seed, cut) => {
      const log = logOf(solvedFacts(family, seed, 80));
      const tree = new Tree();
      const growing = new ColumnWidths();
      for (const part of [log.slice(0, cut % log.length), log.slice(cut % log.length)]) {
        tree.apply(part);
        growing.update({ tree, titles: true });
      }
      const columns = tree.maxDepth + 1;
      const widths = growing.starts(0, columns);
      const fresh = new ColumnWidths();
      fresh.update({ tree, titles: false });
      const forSteps = fresh.starts(0, columns);
      fresh.update({ tree, titles: true });
      expect(fresh.starts(0, columns)).toEqual(widths);
      fresh.update({ tree, titles: false });
      expect(fresh.starts(0, columns)).toEqual(forSteps);
    }),
    { numRuns: 20 },
  );
});
