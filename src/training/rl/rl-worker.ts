import { parentPort, workerData } from "node:worker_threads";
import { createRandom, deriveSeed } from "../../lib/random.ts";
import { createEmbeddedVerifier, readPrm } from "../../models/embedded/embedded-verifier.ts";
import { Engine } from "../../models/embedded/engine.ts";
import { readGguf } from "../../models/embedded/gguf.ts";
import { TrainerKernel } from "../../models/embedded/trainer-kernel.ts";
import type { Verifier } from "../../search/ports.ts";
import { openPolicy } from "../open-policy.ts";
import type { Recipe } from "../recipe.ts";
import { type Cell, drawCell, mixOf } from "../tuning/corpus.ts";
import {
  giveGradient,
  type Lockstep,
  meet,
  reduce,
  shardsOf,
  sumOfWeights,
} from "../work/lockstep.ts";
import { tokenTerm } from "./objective.ts";
import { type RlSettings, type Rollout, rollOut } from "./rollouts.ts";
import { Standing } from "./standing.ts";

/** One thread's part of a run of reinforcement: see `lockstep.ts`. */
export interface RlTask {
  readonly recipe: Recipe;
  readonly settings: RlSettings;
  readonly seed: number;
  readonly module: WebAssembly.Module;
  readonly lockstep: Lockstep;
  readonly thread: number;
  /** Where the run stands if it was killed before. */
  readonly checkpoint: string;
  /** The policy that it starts from, which is also the reference. */
  readonly policy: Float32Array<ArrayBuffer>;
  /** GGUF of the PRM; `null` if nothing asks for scores. */
  readonly prm: Uint8Array<ArrayBuffer> | null;
  /** Iteration after which it stops; the rate falls as if it went on to the last. */
  readonly until: number;
}

/** What one shard saw in one iteration: sums, so that shards can be added up. */
export interface ShardReport {
  readonly iteration: number;
  readonly solutions: number;
  readonly correct: number;
  /** Σ rewards of outcomes. */
  readonly reward: number;
  /** Σ PRM score after the last step. */
  readonly score: number;
  readonly steps: number;
  readonly tokens: number;
  /** Σ over tokens of the distance from the reference, nats. */
  readonly kl: number;
  /** Tokens whose gradient was stopped by the clip, over all updates. */
  readonly clipped: number;
}

/** Posted by thread 0 when a checkpoint has been written. */
export interface SavedReport {
  readonly saved: number;
  /** Tokens that the policy has written by then, in all. */
  readonly generated: number;
}

/** A rollout with what is needed to take it into a gradient. */
interface Learnt extends Rollout {
  readonly reference: Float32Array;
  /** ln p when it was sampled. */
  old: Float32Array | null;
}

class RlShards {
  readonly #task: RlTask;
  readonly #kernel: TrainerKernel;
  readonly #reference: TrainerKernel;
  readonly #engine: Engine;
  readonly #openVerifier: ((problem: string) => Verifier) | null;
  readonly #cells: readonly Cell[];

  constructor(task: RlTask, kernel: TrainerKernel) {
    const { recipe, module, policy, prm } = task;
    const { model } = recipe;
    this.#task = task;
    this.#kernel = kernel;
    this.#reference = new TrainerKernel(module, { config: model, maxRows: kernel.maxRows });
    this.#reference.parameters.set(policy);
    this.#engine = new Engine(module, { config: model, parameters: policy });
    this.#openVerifier = prm === null ? null : verifierOf(module, prm);
    this.#cells = mixOf(recipe);
  }

  /** The rollouts of one shard with the policy as it is now. */
  async sample(iteration: number, shard: number): Promise<Learnt[]> {
    const { recipe, settings, seed, lockstep } = this.#task;
    const { prompts, samples } = recipe.rl;
    this.#engine.load(this.#kernel.parameters);
    const sampled: Rollout[] = [];
    for (let p = shard; p < prompts; p += lockstep.shards) {
      const drawn = deriveSeed(seed, iteration, p);
      const { family, level } = drawCell(this.#cells, createRandom(drawn));
      const problem = family.generate({ level, seed: drawn, split: "train" });
      const text = family.render(problem);
      const policy = openPolicy(this.#engine, text);
      const verifier = this.#openVerifier?.(text) ?? null;
      const options = { settings, samples, seed: deriveSeed(drawn, 1) };
      const group = await rollOut({ family, problem, text }, { policy, verifier }, options);
      policy.dispose();
      verifier?.dispose();
      sampled.push(...group);
    }
    return this.#packed(sampled).flatMap((batch) => {
      this.#reference.forward(batchOf(batch));
      const logprobs = this.#reference.tokenLogprobs();
      return split(batch, logprobs).map(([one, reference]) => ({ ...one, reference, old: null }));
    });
  }

  /** Adds the gradient of all rollouts to the kernel's; returns Σ KL, and how many tokens were clipped. */
  learn(rollouts: readonly Learnt[]): { kl: number; clipped: number; tokens: number } {
    const kernel = this.#kernel;
    const { clip, klWeight } = this.#task.settings;
    let [kl, clipped, tokens] = [0, 0, 0];
    kernel.clearGradients();
    for (const batch of this.#packed(rollouts)) {
      const { tokens: of } = batchOf(batch);
      kernel.forward(batchOf(batch));
      const weights = new Float32Array(of.length);
      let at = 0;
      for (const [one, logprobs] of split(batch, kernel.tokenLogprobs())) {
        one.old ??= logprobs;
        const { promptLength } = one.encoded;
        for (let i = promptLength; i < logprobs.length; i++) {
          const old = one.old[i]!;
          const [reference, advantage] = [one.reference[i]!, one.advantages[i]!];
          const token = { logprob: logprobs[i]!, old, reference, advantage };
          const term = tokenTerm(token, { clip, klWeight });
          weights[at + i] = term.gradient;
          kl += term.kl;
          if (term.clipped) clipped++;
        }
        tokens += logprobs.length - promptLength;
        at += logprobs.length;
      }
      kernel.setWeights(weights);
      kernel.backward();
    }
    return { kl, clipped, tokens };
  }

  /** Rollouts in groups that fit the kernel, in their order. */
  #packed<R extends Rollout>(rollouts: readonly R[]): R[][] {
    const groups: R[][] = [];
    let room = 0;
    for (const one of rollouts) {
      const { length } = one.encoded.tokens;
      if (length > room) {
        groups.push([]);
        room = this.#kernel.maxRows;
      }
      groups.at(-1)!.push(one);
      room -= length;
    }
    return groups;
  }
}

function verifierOf(module: WebAssembly.Module, bytes: Uint8Array<ArrayBuffer>) {
  const file = readGguf(bytes);
  const prm = readPrm(file);
  const engine = new Engine(module, file);
  return (problem: string) =>
    createEmbeddedVerifier({
      ...{ name: "prm", revision: "training", problem, vocabulary: file.vocabulary, engine, prm },
      breathe: () => Promise.resolve(),
    });
}

function batchOf(rollouts: readonly Rollout[]) {
  const tokens = rollouts.flatMap(({ encoded }) => encoded.tokens);
  const lengths = rollouts.map(({ encoded }) => encoded.tokens.length);
  return { tokens, lengths, weights: new Float32Array(tokens.length) };
}

/** The part of `values` that belongs to each rollout of a batch. */
function split<R extends Rollout>(batch: readonly R[], values: Float32Array) {
  let at = 0;
  return batch.map((one): [R, Float32Array] => {
    const from = at;
    at += one.encoded.tokens.length;
    return [one, values.slice(from, at)];
  });
}

type Post = (report: ShardReport | SavedReport) => void;

async function reinforce(task: RlTask, post: Post): Promise<void> {
  const { recipe, lockstep, thread, module, until } = task;
  const { everyIterations } = recipe.rl;
  const maxRows = recipe.model.context * 2;
  const kernel = new TrainerKernel(module, { config: recipe.model, maxRows });
  const standing = new Standing(task, kernel);
  const shards = new RlShards(task, kernel);
  // Nobody may write the checkpoint before everybody has read it.
  meet(lockstep);

  while (standing.iteration < until) {
    standing.next();
    const { iteration } = standing;
    standing.count(await iterate(task, { kernel, shards, iteration }, post));
    const isDue = iteration % everyIterations === 0 || iteration === until;
    if (thread !== 0 || !isDue) continue;
    standing.save(kernel);
    post({ saved: iteration, generated: standing.generated });
  }
}

/** Samples, and takes the updates on what was sampled. Returns how many tokens all threads wrote. */
async function iterate(
  { recipe, lockstep, thread }: RlTask,
  { kernel, shards, iteration }: { kernel: TrainerKernel; shards: RlShards; iteration: number },
  post: Post,
): Promise<number> {
  const { updates } = recipe.rl;
  const mine: [shard: number, rollouts: Learnt[]][] = [];
  for (const shard of shardsOf(lockstep, thread)) {
    mine.push([shard, await shards.sample(iteration, shard)]);
  }
  let written = 0;
  for (let update = 1; update <= updates; update++) {
    for (const [shard, rollouts] of mine) {
      const learnt = shards.learn(rollouts);
      giveGradient(lockstep, shard, kernel.gradients, learnt.tokens);
      if (update === updates) post({ iteration, ...learnt, ...totalsOf(rollouts) });
    }
    meet(lockstep);
    written = sumOfWeights(lockstep);
    reduce(lockstep, kernel.gradients);
    takeStep(kernel, recipe, (iteration - 1) * updates + update);
    meet(lockstep);
  }
  return written;
}

/** The rate rises while it warms up and then falls to zero, so that the policy comes to rest. */
function takeStep(kernel: TrainerKernel, { rl, optimizer }: Recipe, step: number): void {
  const { beta1, beta2, epsilon, weightDecay, clip } = optimizer;
  const { rate, warmupSteps, iterations, updates } = rl;
  const steps = iterations * updates;
  const left = (steps + 1 - step) / Math.max(1, steps + 1 - warmupSteps);
  const learningRate = rate * Math.min(1, step / warmupSteps, left);
  const adam = { step, learningRate, beta1, beta2, epsilon, weightDecay, clip };
  kernel.adamStep({ ...adam, gradientScale: 1 });
}

function totalsOf(rollouts: readonly Rollout[]) {
  return {
    solutions: rollouts.length,
    correct: rollouts.filter(({ correct }) => correct).length,
    reward: rollouts.reduce((sum, { reward }) => sum + reward, 0),
    score: rollouts.reduce((sum, { score }) => sum + (score ?? 0), 0),
    steps: rollouts.reduce((sum, { steps }) => sum + steps, 0),
  };
}

const port = parentPort;
if (port) await reinforce(workerData as RlTask, (report) => port.postMessage(report));
