import { familyOf } from "../problems/families.ts";
import { RunSpec } from "../protocol/runs.ts";

/** Solutions that a small run makes, where its strategy has so many as it is told. */
const N = 4;

/** Names of all strategies that a run can have. */
export const STRATEGY_NAMES = RunSpec.shape.strategy.options.map(({ shape }) => shape.name.value);

/**
 * A run of a strategy for tests: the seed decides its problem too, which no model
 * was trained on, of the first two families in turn.
 */
export function smallSpec(strategy: string, seed: number): RunSpec {
  const family = familyOf(seed % 2 === 0 ? "expressions" : "countdown");
  const level = family.levels[seed % family.levels.length]!;
  const problem = family.render(family.generate({ level, seed, split: "held-out" }));
  const option = RunSpec.shape.strategy.options.find(({ shape }) => shape.name.value === strategy);
  if (option === undefined) throw new RangeError(`there is no strategy ${strategy}`);
  const size = "n" in option.shape ? { n: N } : {};
  return RunSpec.parse({ problem, strategy: { name: strategy, ...size }, seed });
}
