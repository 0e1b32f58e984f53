import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, deriveSeed } from "../lib/random.ts";
import { ROOT, type RunEvent } from "../protocol/events.ts";
import { Strategy, type StrategyOf } from "../protocol/strategies.ts";
import { readNodes } from "./log-reading.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";
import { drawCounts, effectiveNumber } from "./resample.ts";
import { logOdds, softmax } from "./shares.ts";
import { runTable } from "./table-models.ts";

type Particles = StrategyOf<"particles">;

const anyRun = anySetup(anyStrategy.particles).map((setup) => ({ ...setup, budget: {} }));

/** The draws of a log: what was stated of each, up to the next round. */
function drawsIn(log: readonly RunEvent[]) {
  return [...log.entries()].flatMap(([start, event]) => {
    if (event.type !== "round" || event.phase !== "resample") return [];
    const next = log.findIndex(({ seq, type }) => seq > start && type === "round");
    const inDraw = log.slice(start, next);
    return {
      effective: event.effective!,
      rows: inDraw.flatMap((fact) => (fact.type === "visited" ? fact.nodes : [])),
      kept: inDraw.flatMap((fact) => (fact.type === "kept" ? fact.nodes : [])),
      pruned: inDraw.flatMap((fact) => (fact.type === "pruned" ? fact.nodes : [])),
    };
  });
}

const sumOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

test("S18: as many are drawn as there were, by the odds of their scores, and who is drawn k times has k children", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { n, resampling, scoreTemperature } = setup.strategy as Particles;
      const log = await runSearch(setup, castOf(setup));
      const nodes = readNodes(log);
      const held = new Map<number, number>();
      for (const { rows, kept, pruned, effective } of drawsIn(log)) {
        expect(sumOf(rows.map(({ visits }) => visits))).toBe(n);
        expect(sumOf(rows.map(({ value }) => value))).toBeCloseTo(1, 9);
        expect(kept).toEqual(rows.filter(({ visits }) => visits > 0).map(({ node }) => node));
        const gone = rows.filter(({ visits }) => visits === 0).map(({ node }) => node);
        expect(pruned).toEqual(
          gone.map((node) => expect.objectContaining({ node, reason: "not_resampled" })),
        );
        const weights = rows.map(({ node }) => {
          const { score } = nodes.get(node)!.scored!;
          const odds = Math.min(Math.max(score, 1e-7), 1 - 1e-7);
          return (odds / (1 - odds)) ** (1 / scoreTemperature) * (held.get(node) ?? 1);
        });
        for (const [i, { value, visits, node }] of rows.entries()) {
          const isComparable = Number.isFinite(sumOf(weights)) && sumOf(weights) > 0;
          if (isComparable) expect(value).toBeCloseTo(weights[i]! / sumOf(weights), 6);
          if (resampling === "systematic") expect(Math.abs(visits - n * value)).toBeLessThan(1.001);
          const { answered, batches } = nodes.get(node)!;
          const kids = log.flatMap((event) =>
            event.type === "expanded" && event.node === node ? [event.kids] : [],
          );
          if (!answered) expect(kids).toEqual(visits > 0 ? [visits] : []);
          else expect(batches).toEqual([]);
        }
        const each = rows.flatMap(({ node, value }) => {
          const particles = held.get(node) ?? 1;
          return Array<number>(particles).fill(value / particles);
        });
        expect(effective).toBeCloseTo(1 / sumOf(each.map((share) => share * share)), 6);
        expect(effective).toBeLessThan(each.length + 1e-6);
        for (const { node, visits } of rows) held.set(node, visits);
      }
    }),
  );
});

test("S18: what is drawn is what the shares say, on average, either way", () => {
  for (const resampling of ["systematic", "multinomial"] as const) {
    const random = createRandom(7);
    const total = [0, 0, 0, 0];
    for (let i = 0; i < 5000; i++) {
      const counts = drawCounts([0.5, 0.05, 0, 0.45], { count: 3, resampling, random });
      expect(sumOf(counts)).toBe(3);
      for (const [at, value] of counts.entries()) total[at]! += value;
    }
    const mean = total.map((value) => value / 15_000);
    for (const [i, share] of [0.5, 0.05, 0, 0.45].entries()) {
      expect(Math.abs(mean[i]! - share)).toBeLessThan(0.015);
    }
  }
});

test("a systematic draw goes on in equal steps from one chance", () => {
  const draw = (chance: number) =>
    drawCounts([0.5, 0.3, 0.2], { count: 4, resampling: "systematic", random: () => chance });
  expect(draw(0.5)).toEqual([2, 1, 1]);
  expect(draw(0.1)).toEqual([2, 2, 0]);
  expect(draw(0)).toEqual([2, 2, 0]);
});

test("particles of equal weight are worth their number, and one that has all the weight is worth one", () => {
  expect(effectiveNumber([0.25, 0.25, 0.25, 0.25])).toBe(4);
  expect(effectiveNumber([0, 1, 0])).toBe(1);
});

test("odds are those of the score, and sure scores have some doubt", () => {
  expect(softmax([0.5, 0.8, 0.2, 0.5].map(logOdds), 1).map((share) => share.toFixed(4))).toEqual([
    "0.1600",
    "0.6400",
    "0.0400",
    "0.1600",
  ]);
  expect(logOdds(1)).toBeCloseTo(16.118, 3);
  expect(logOdds(0)).toBeCloseTo(-logOdds(1), 6);
});

const SCENE = Strategy.parse({ name: "particles", n: 4 }) as Particles;

test("a round by hand: shares, effective number, the draw, and the children", async () => {
  const log = await runTable(SCENE, {
    steps: {
      "": ["a", "b", "c=1", "d"],
      a: ["e=2", "e=2"],
      b: ["f=3", "g=4", "h=3", "i=3"],
      d: ["j=5"],
    },
    scores: {
      ...{ a: 0.5, b: 0.8, "c=1": 0.2, d: 0.5, "e=2": 0.1 },
      ...{ "f=3": 0.4, "g=4": 0.7, "h=3": 0.6, "i=3": 0.3, "j=5": 0.2 },
    },
  });
  const [draw] = drawsIn(log);
  const chance = createRandom(deriveSeed(1, 2, 1))();
  // Ends of the shares: 0.16, 0.8, 0.84, 1.
  const at = [0, 1, 2, 3].map((i) => (i + chance) / 4);
  const within = (from: number, to: number) => at.filter((x) => x >= from && x < to).length;
  const drawn = [within(0, 0.16), within(0.16, 0.8), within(0.8, 0.84), within(0.84, 1)];
  expect(draw!.rows.map(({ node }) => node)).toEqual([1, 2, 3, 4]);
  expect(draw!.rows.map(({ visits }) => visits)).toEqual(drawn);
  expect(draw!.effective).toBeCloseTo(1 / (0.16 ** 2 + 0.64 ** 2 + 0.04 ** 2 + 0.16 ** 2), 9);
  expect(log.find((event) => event.type === "selected")).toMatchObject({
    ...{ method: "argmax", answer: "4" },
  });
});

test("a finished solution counts once for every particle that stands there", async () => {
  const log = await runTable(SCENE, {
    steps: { "": ["a", "b=1", "c=9", "d=9"], a: ["e", "f"], "a/e": ["g=2"], "a/f": ["h=2"] },
    scores: { a: 0.5, "b=1": 0.5, "c=9": 0, "d=9": 0, e: 0.5, f: 0.5, "g=2": 0.9, "h=2": 0.1 },
  });
  const [first, second] = drawsIn(log);
  expect(first!.rows.map(({ visits }) => visits)).toEqual([2, 2, 0, 0]);
  expect(second!.rows).toEqual([
    { node: 2, visits: 2, value: 0.5 },
    { node: 5, visits: 1, value: 0.25 },
    { node: 6, visits: 1, value: 0.25 },
  ]);
  expect(second!.effective).toBeCloseTo(4, 9);
});

test("a finished particle that takes every draw ends the search, and has one vote", async () => {
  const log = await runTable(
    { ...SCENE, selection: "weighted_majority" },
    { steps: { "": ["a", "b=1", "c", "d=2"] }, scores: { a: 0, "b=1": 1, c: 0.1, "d=2": 0.1 } },
  );
  const [draw] = drawsIn(log);
  expect(draw!.rows.map(({ visits }) => visits)).toEqual([0, 4, 0, 0]);
  expect(draw!.pruned.map(({ node }) => node)).toEqual([1, 3, 4]);
  expect(log.find((event) => event.type === "selected")).toMatchObject({
    ...{ path: [ROOT, 2], votes: [{ weight: 1, nodes: [2] }] },
  });
  expect(log.at(-1)).toMatchObject({ type: "finished", why: "complete" });
});
