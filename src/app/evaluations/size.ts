import { familyOf } from "../../problems/families.ts";
import { rowCount, sizedTo } from "../../protocol/evaluation-runs.ts";
import type { EvaluationSpec, EvaluationState } from "../../protocol/evaluations.ts";
import { estimateCost, type Range, type SolutionShape, shapeOf } from "../panels/new-run/cost.ts";

/** How much work an evaluation is, before anything has run. */
export interface Size {
  readonly problems: number;
  readonly runs: number;
  /** From what the largest run of each arm writes, for the smaller ones are mostly parts of it, to what all write by themselves. */
  readonly policyTokens: Range;
}

/** An estimate; problems that are listed are taken to be of any kind. */
export function sizeOf(spec: EvaluationSpec): Size {
  const shapes = shapesOf(spec);
  const problems = shapes.reduce((sum, { count }) => sum + count, 0);
  let [low, high] = [0, 0];
  for (const { shape, count } of shapes) {
    for (const { strategy } of spec.arms) {
      const costs = spec.budgets.map((budget) => {
        const { policyTokens } = estimateCost(sizedTo(strategy, budget), shape, budget);
        return (policyTokens.low + policyTokens.high) / 2;
      });
      const runs = count * spec.seeds.length;
      low += runs * Math.max(...costs);
      high += runs * costs.reduce((sum, cost) => sum + cost, 0);
    }
  }
  return { problems, runs: rowCount(spec, problems), policyTokens: { low, high } };
}

interface Kind {
  readonly shape: SolutionShape;
  /** Problems that look like it. */
  readonly count: number;
}

function shapesOf({ problems }: EvaluationSpec): Kind[] {
  switch (problems.kind) {
    case "listed":
      return [{ shape: shapeOf(null, problems.problems[0]!), count: problems.problems.length }];
    case "answered":
      return [
        { shape: shapeOf(null, problems.problems[0]!.problem), count: problems.problems.length },
      ];
    case "uploaded":
      // What was accepted tells how many it has, and what the form makes does too.
      return [{ shape: shapeOf(null, ""), count: problems.count ?? 1 }];
    case "generated":
      return generatedShapes(problems.families);
  }
}

function generatedShapes(
  families: Extract<EvaluationSpec["problems"], { kind: "generated" }>["families"],
): Kind[] {
  return families.flatMap(({ family, levels, count }) => {
    const of = levels ?? familyOf(family).levels;
    return of.map((level, i) => ({
      shape: shapeOfLevel(family, level),
      // Levels are taken in turn.
      count: Math.floor(count / of.length) + (i < count % of.length ? 1 : 0),
    }));
  });
}

const SHAPES = new Map<string, SolutionShape>();

/** That of one problem of a level, which is as good as any. */
function shapeOfLevel(name: string, level: number): SolutionShape {
  const key = `${name} ${level}`;
  const known = SHAPES.get(key);
  if (known) return known;
  const { generate, render } = familyOf(name);
  const shape = shapeOf(name, render(generate({ level, seed: 1, split: "held-out" })));
  SHAPES.set(key, shape);
  return shape;
}

/**
 * How long an evaluation of this size will take, in seconds, at the median pace of
 * earlier ones with the same policy; `null` while there is nothing to go by.
 */
export function secondsFor(
  { policyTokens }: Pick<Size, "policyTokens">,
  policy: string,
  earlier: readonly EvaluationState[],
): number | null {
  const paces = earlier
    .filter(({ spec, done, seconds }) => spec.policy === policy && done > 0 && seconds > 1)
    .map(({ spec, done, problems, seconds }) => {
      const { low } = sizeOf(spec).policyTokens;
      return seconds / ((low * done) / problems);
    })
    .toSorted((a, b) => a - b);
  const median = paces[paces.length >> 1];
  return median === undefined ? null : policyTokens.low * median;
}
