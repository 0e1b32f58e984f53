import { createRandom, deriveSeed } from "../lib/random.ts";
import type { Family, Split } from "../problems/family.ts";
import { familyOf } from "../problems/families.ts";
import {
  encodeAnswer,
  encodePrompt,
  encodeStep,
  VOCABULARY,
} from "../models/embedded/vocabulary.ts";
import type { Recipe } from "./recipe.ts";

/** One solved problem to learn from. */
export interface Example {
  readonly family: string;
  readonly problem: string;
  readonly steps: readonly string[];
  readonly answer: string;
}

interface Cell {
  readonly family: Family;
  readonly level: number;
  readonly weight: number;
}

/** The endless corpus of a recipe: `exampleAt` is a pure function of its seed. */
export function createCorpus(recipe: Recipe): (seed: number, split?: Split) => Example {
  const cells: Cell[] = Object.entries(recipe.corpus.mix).flatMap(([name, levels]) =>
    Object.entries(levels).map(([level, weight]) => ({
      family: familyOf(name),
      level: Number(level),
      weight,
    })),
  );
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);

  return (seed, split = "train") => {
    const random = createRandom(seed);
    let left = random() * total;
    const cell = cells.find(({ weight }) => (left -= weight) < 0) ?? cells.at(-1)!;
    const { family, level } = cell;
    const problem = family.generate({ level, seed: deriveSeed(seed, 1), split });
    const ending = random() < recipe.corpus.deadEnds ? "dead-end" : "solved";
    const { steps, answer } = family.writeSolution(problem, random, ending);
    return { family: family.name, problem: family.render(problem), steps, answer };
  };
}

/** The tokens of an example as a policy reads and writes it; `promptLength` of them are given. */
export function encodeExample({ problem, steps, answer }: Omit<Example, "family">): {
  tokens: number[];
  promptLength: number;
} {
  const prompt = encodePrompt(VOCABULARY, problem);
  const reasoning = steps.flatMap((step, i) =>
    encodeStep(VOCABULARY, step, i === steps.length - 1),
  );
  return {
    tokens: [...prompt, ...reasoning, ...encodeAnswer(VOCABULARY, answer)],
    promptLength: prompt.length,
  };
}
