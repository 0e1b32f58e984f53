import { wilson } from "../../lib/interval.ts";
import { deriveSeed } from "../../lib/random.ts";
import { Engine } from "../../models/embedded/engine.ts";
import { familyOf } from "../../problems/families.ts";
import type { Policy } from "../../search/ports.ts";
import { type Attempt, attempt } from "../labels/attempt.ts";
import { openPolicy } from "../open-policy.ts";
import type { Recipe } from "../recipe.ts";
import { samplingOf } from "../sampling.ts";
import type { StageLog } from "../work/training-log.ts";

/** Seeds of what is looked at during training; no evaluation draws from them. */
const WATCH_STREAM = 901;

interface Look {
  readonly family: string;
  readonly level: number;
  readonly text: string;
  readonly judged: readonly { readonly attempt: Attempt; readonly correct: boolean }[];
}

/**
 * Lets a policy of these parameters answer held-out problems greedily and says
 * how often it was right, family by family, with some of what it wrote. The
 * problems are the same at every look.
 */
export async function watchPolicy(
  { module, recipe, log }: { module: WebAssembly.Module; recipe: Recipe; log: StageLog },
  parameters: Float32Array<ArrayBuffer>,
  /** Tokens that it has seen, or written, by then. */
  tokens: number,
): Promise<void> {
  const engine = new Engine(module, { config: recipe.model, parameters });
  const open = (problem: string): Policy => openPolicy(engine, problem);
  const where = { x: tokens, xUnit: "tokens" } as const;
  for (const name of Object.keys(recipe.corpus.mix)) {
    const looks: Look[] = [];
    for (let i = 0; i < recipe.watch.problems; i++) looks.push(await look(open, recipe, name, i));
    const right = looks.filter(({ judged }) => judged[0]!.correct).length;
    const written = looks.map(({ judged }) => judged[0]!.attempt.steps.join("\n").length);
    const accuracy = wilson(right, looks.length);
    log.metric({ ...where, name: "accuracy", series: name, unit: "share" }, accuracy, looks.length);
    const mean = written.reduce((sum, length) => sum + length, 0) / looks.length;
    log.metric({ ...where, name: "length", series: name, unit: "characters" }, mean, looks.length);
    const { family, level, text, judged } = looks[0]!;
    log.sample({
      ...{ ...where, family, level, problem: text },
      attempts: judged.map(({ attempt: { steps, answer }, correct }) => ({
        ...{ steps: [...steps], answer, correct, scores: null },
      })),
    });
  }
}

/** The i-th problem of a family, answered greedily; the first is sampled too. */
async function look(
  open: (problem: string) => Policy,
  recipe: Recipe,
  name: string,
  i: number,
): Promise<Look> {
  const family = familyOf(name);
  const levels = Object.keys(recipe.corpus.mix[name]!).map(Number);
  const level = levels[i % levels.length]!;
  const seed = deriveSeed(recipe.seed, WATCH_STREAM, i);
  const problem = family.generate({ level, seed, split: "held-out" });
  const text = family.render(problem);
  const policy = open(text);
  try {
    const written = await attempt(policy, 1, { sampling: samplingOf(0), seed });
    if (i === 0 && recipe.watch.samples > 0) {
      const sampling = samplingOf(recipe.labels.temperature);
      written.push(...(await attempt(policy, recipe.watch.samples, { sampling, seed })));
    }
    const judged = written.map((one) => ({
      attempt: one,
      correct: one.answer !== null && family.grade(problem, one.steps, one.answer).correct,
    }));
    return { family: name, level, text, judged };
  } finally {
    policy.dispose();
  }
}
