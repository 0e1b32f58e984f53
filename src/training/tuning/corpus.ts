import { createRandom, deriveSeed } from "../../lib/random.ts";
import { familyOf } from "../../problems/families.ts";
import type { Family, Split } from "../../problems/family.ts";
import type { Recipe } from "../recipe.ts";

/** One solved problem to learn from. */
export interface Example {
  readonly family: string;
  readonly problem: string;
  readonly steps: readonly string[];
  readonly answer: string;
}

/** Problems of one family and level, and how often they are drawn. */
export interface Cell {
  readonly family: Family;
  readonly level: number;
  readonly weight: number;
}

/** The endless corpus of a recipe: `exampleAt` is a pure function of its seed. */
export function createCorpus(recipe: Recipe): (seed: number, split?: Split) => Example {
  const cells = mixOf(recipe);

  return (seed, split = "train") => {
    const random = createRandom(seed);
    const { family, level } = drawCell(cells, random);
    const problem = family.generate({ level, seed: deriveSeed(seed, 1), split });
    const ending = random() < recipe.corpus.deadEnds ? "dead-end" : "solved";
    const { steps, answer } = family.writeSolution(problem, random, ending);
    return { family: family.name, problem: family.render(problem), steps, answer };
  };
}

export function mixOf({ corpus }: Pick<Recipe, "corpus">): Cell[] {
  return Object.entries(corpus.mix).flatMap(([name, levels]) =>
    Object.entries(levels).map(([level, weight]) => ({
      family: familyOf(name),
      level: Number(level),
      weight,
    })),
  );
}

/** One of the cells, each as likely as its weight says. */
export function drawCell(cells: readonly Cell[], random: () => number): Cell {
  let left = random() * cells.reduce((sum, { weight }) => sum + weight, 0);
  for (const cell of cells) {
    left -= cell.weight;
    if (left < 0) return cell;
  }
  return cells.at(-1)!;
}
