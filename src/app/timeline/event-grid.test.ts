import fc from "fast-check";
import { expect, test } from "vitest";
import { kindOf } from "../../protocol/event-kinds.ts";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, Tree } from "../../protocol/tree.ts";
import {
  answerCell,
  scoreOfAnswer,
  scoreOfStep,
  stepCell,
  verdictOfAnswer,
} from "./event-cells.ts";
import { EventGrid } from "./event-grid.ts";

const ANSWERED = kindOf("answered");

const anyLog = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 1, max: 60 }),
    shape: fc.constantFrom(...SHAPES),
  })
  .map(({ seed, nodes, shape }) => [...randomLog({ seed, nodes, shape, width: 8 })]);

const anySize = fc.record({
  columns: fc.constantFrom(4, 16, 256),
  rows: fc.constantFrom(2, 8, 64),
});

/** The cells as the definition has them, from the whole tree. */
function naiveCells(tree: Tree, grid: EventGrid) {
  const steps = new Uint16Array(grid.steps.length);
  const answers = new Uint16Array(grid.answers.length);
  for (let seq = 0; seq <= tree.seq; seq++) {
    const node = tree.eventNodeAt(seq);
    if (node < 1) continue;
    const cell =
      Math.floor(seq / grid.eventsPerColumn) * grid.rowCount +
      Math.floor((tree.depth[node]! - 1) / grid.depthsPerRow);
    const inRunning = tree.statusAt(node) !== "pruned";
    const score = tree.scoreAt(node, seq);
    const isStep = tree.scoredSeq[node]! < 0 && tree.proposedSeq[node] === seq;
    if (tree.scoredSeqAt(node, seq) === seq || isStep) {
      const isLatest = isStep || tree.scoredSeq[node] === seq;
      steps[cell] = Math.max(steps[cell]!, stepCell(score, inRunning && isLatest));
    }
    if (tree.eventKindAt(seq) === ANSWERED) {
      const { correct } = tree.answer(node, seq)!;
      const known = tree.answeredSeqAt(node) === seq ? tree.scoreAt(node) : score;
      answers[cell] = Math.max(answers[cell]!, answerCell(correct, known));
    }
  }
  return { steps, answers };
}

test("however the events come and however little is done at a time, the cells are those of the whole run", () => {
  fc.assert(
    fc.property(anyLog, anySize, fc.array(fc.nat(25)), fc.nat(3), (log, size, cuts, patience) => {
      const grid = new EventGrid(size.columns, size.rows);
      const tree = new Tree();
      let from = 0;
      for (const cut of [...cuts, log.length]) {
        tree.apply(log.slice(from, from + cut));
        from += cut;
        let turns = 0;
        grid.update(tree, () => turns++ >= patience);
      }
      while (!grid.update(tree, () => true)) expect(grid.usedColumns).toBeGreaterThan(0);
      const expected = naiveCells(tree, grid);
      expect(grid.steps).toEqual(expected.steps);
      expect(grid.answers).toEqual(expected.answers);
    }),
    { numRuns: 300 },
  );
});

test("every event and every depth has its place, and doubling stops as soon as it may", () => {
  fc.assert(
    fc.property(anyLog, anySize, (log, size) => {
      const tree = foldLog(log);
      const grid = new EventGrid(size.columns, size.rows);
      grid.update(tree, () => false);
      expect(grid.usedColumns).toBeLessThanOrEqual(size.columns);
      expect(grid.usedRows).toBeLessThanOrEqual(size.rows);
      if (grid.eventsPerColumn > 1) expect(grid.usedColumns).toBeGreaterThan(size.columns / 2);
      if (grid.depthsPerRow > 1) expect(grid.usedRows).toBeGreaterThan(size.rows / 2);
    }),
  );
});

test("what comes in touches the cells of its own nodes only", () => {
  const log = [...randomLog({ seed: 2, nodes: 3000, shape: "beam", width: 16 })];
  const tree = foldLog(log.slice(0, 3500));
  const grid = new EventGrid();
  grid.update(tree, () => false);
  for (let from = 3500; from < log.length && from < 3900; from += 10) {
    const before = grid.version;
    tree.apply(log.slice(from, from + 10));
    grid.update(tree, () => false);
    // A round has 16 nodes, each with an event or two, and these are ten events.
    expect(grid.version - before).toBeLessThan(60);
  }
});

test("another tree is another grid", () => {
  const grid = new EventGrid(16, 8);
  grid.update(foldLog(randomLog({ seed: 1, nodes: 400, shape: "bushy" })), () => false);
  const small = foldLog(randomLog({ seed: 2, nodes: 6, shape: "bushy" }));
  grid.update(small, () => false);
  const fresh = new EventGrid(16, 8);
  fresh.update(small, () => false);
  expect(grid.steps).toEqual(fresh.steps);
  expect(grid.eventsPerColumn).toBe(fresh.eventsPerColumn);
});

test("a cell keeps score and standing, and the order in which cells cover each other", () => {
  const anyScore = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(anyScore, anyScore, fc.constantFrom(true, false, null), (a, b, correct) => {
      if (Number.isNaN(a)) expect(scoreOfStep(stepCell(a, true))).toBeNaN();
      else expect(scoreOfStep(stepCell(a, true))).toBeCloseTo(a, 4);
      if (Number.isNaN(a)) expect(scoreOfAnswer(answerCell(correct, a))).toBeNaN();
      else expect(scoreOfAnswer(answerCell(correct, a))).toBeCloseTo(a, 4);
      expect(stepCell(a, true)).toBeGreaterThan(stepCell(b, false));
      expect(answerCell(true, a)).toBeGreaterThan(answerCell(false, b));
      const verdict = correct === null ? "unknown" : correct ? "right" : "wrong";
      expect(verdictOfAnswer(answerCell(correct, a))).toBe(verdict);
      expect(stepCell(0, false)).toBeGreaterThan(stepCell(Number.NaN, false));
    }),
  );
});
