import { parentPort, workerData } from "node:worker_threads";
import { deriveSeed } from "../../lib/random.ts";
import { Engine } from "../../models/embedded/engine.ts";
import { readGguf } from "../../models/embedded/gguf.ts";
import { encodeSolution } from "../../models/embedded/vocabulary.ts";
import { familyOf } from "../../problems/families.ts";
import type { Policy, Sampling, Steps } from "../../search/ports.ts";
import { openPolicy } from "../open-policy.ts";
import { type Attempt, attempt, finish } from "./attempt.ts";
import type { LabelJob } from "./label-worker.ts";
import { labelAttempt } from "./labels.ts";
import type { PrefixRollouts } from "./rollout-labels.ts";

export interface NoiseSetting {
  readonly module: WebAssembly.Module;
  readonly policy: Uint8Array<ArrayBuffer>;
  readonly sampling: Sampling;
  readonly samples: number;
  readonly rollouts: number;
}

/** One attempt with the rollouts from each of its labelled prefixes that is not its end. */
export interface RolledOut {
  readonly family: string;
  readonly level: number;
  /** Exact, of the prefixes that were rolled out. */
  readonly labels: readonly (0 | 1)[];
  readonly prefixes: readonly PrefixRollouts[];
}

async function rollOutAll(
  { sampling, samples, rollouts }: NoiseSetting,
  open: (problem: string) => Policy,
  job: LabelJob,
): Promise<RolledOut[]> {
  const family = familyOf(job.family);
  const problem = family.generate({ level: job.level, seed: job.seed, split: job.split });
  const text = family.render(problem);
  const policy = open(text);
  const known = new Map<string, PrefixRollouts>();
  const rollOut = async (prefix: Steps): Promise<PrefixRollouts> => {
    const key = prefix.join("\n");
    const found = known.get(key);
    if (found) return found;
    const starts = Array.from({ length: rollouts }, () => prefix);
    const ends = await finish(policy, starts, { sampling, seed: deriveSeed(job.seed, known.size) });
    const before = tokensOf(text, { steps: prefix, answer: null, ended: "step" });
    const rolled = {
      right: ends.map(
        ({ steps, answer }) => answer !== null && family.grade(problem, steps, answer).correct,
      ),
      tokens: ends.map((end) => tokensOf(text, end) - before),
    };
    known.set(key, rolled);
    return rolled;
  };
  try {
    const attempts = await attempt(policy, samples, { sampling, seed: job.seed });
    const rolled: RolledOut[] = [];
    for (const one of attempts) {
      const labels = labelAttempt(family, problem, one).slice(0, one.steps.length - 1);
      const prefixes: PrefixRollouts[] = [];
      for (const i of labels.keys()) prefixes.push(await rollOut(one.steps.slice(0, i + 1)));
      if (labels.length > 0)
        rolled.push({ family: job.family, level: job.level, labels, prefixes });
    }
    return rolled;
  } finally {
    policy.dispose();
  }
}

function tokensOf(problem: string, { steps, answer, ended }: Attempt): number {
  return encodeSolution({ problem, steps, answer, ended: ended === "stop" }).tokens.length;
}

const port = parentPort;
if (port) {
  const setting = workerData as NoiseSetting;
  const { config, parameters } = readGguf(setting.policy);
  const engine = new Engine(setting.module, { config, parameters });
  const open = (problem: string) => openPolicy(engine, problem);
  port.on("message", ({ index, job }: { index: number; job: LabelJob }) => {
    void rollOutAll(setting, open, job).then((result) => port.postMessage({ index, result }));
  });
}
