import { checkerVerifier } from "../../src/models/checker.ts";
import { createEmbeddedPolicy } from "../../src/models/embedded/embedded-policy.ts";
import { createEmbeddedVerifier, readPrm } from "../../src/models/embedded/embedded-verifier.ts";
import { Engine } from "../../src/models/embedded/engine.ts";
import { type GgufModel, readGguf } from "../../src/models/embedded/gguf.ts";
import { createLogprobVerifier } from "../../src/models/embedded/logprob-verifier.ts";
import { familyOf } from "../../src/problems/families.ts";
import { Sampling } from "../../src/protocol/events.ts";
import type { Strategy } from "../../src/protocol/strategies.ts";
import type { SearchProblem } from "../../src/search/context.ts";
import type { Verifier } from "../../src/search/ports.ts";
import { comparable, record } from "../../src/search/record.ts";
import { search } from "../../src/search/strategies.ts";

export type VerifierKind = "prm" | "checker" | "logprob";

/** Searches to be made, the same wherever they are made. */
export interface Task {
  readonly strategy: Strategy;
  readonly verifier: VerifierKind | null;
  readonly families: readonly string[];
  readonly seeds: readonly number[];
}

/** Files as they lie in the repository. */
export interface ModelFiles {
  readonly kernel: Uint8Array<ArrayBuffer>;
  readonly policy: Uint8Array<ArrayBuffer>;
  readonly prm: Uint8Array<ArrayBuffer>;
}

/** What the host gives: when a search begins, and a way to let its own events run. */
export interface Host {
  readonly clock: () => number;
  readonly breathe: () => Promise<void>;
}

/**
 * The logs of all searches of a task, an event a line, without what depends on
 * the clock. Every search is introduced by a line that says which one it is.
 */
export async function logLines(task: Task, files: ModelFiles, host: Host): Promise<string[]> {
  const models = {
    kernel: await WebAssembly.compile(files.kernel),
    policy: readGguf(files.policy),
    prm: readGguf(files.prm),
  };
  const lines: string[] = [];
  for (const family of task.families) {
    for (const seed of task.seeds) {
      lines.push(`${family}, seed ${seed}`);
      for await (const line of oneLog(problemOf(family, seed), { task, seed, models, host })) {
        lines.push(line);
      }
    }
  }
  return lines;
}

/** A held-out problem; the seed decides its level too. */
function problemOf(name: string, seed: number): SearchProblem {
  const family = familyOf(name);
  const level = family.levels[seed % family.levels.length]!;
  const parsed = family.generate({ level, seed, split: "held-out" });
  return { family, parsed, text: family.render(parsed), level };
}

interface Models {
  readonly kernel: WebAssembly.Module;
  readonly policy: GgufModel;
  readonly prm: GgufModel;
}

async function* oneLog(
  problem: SearchProblem,
  { task, seed, models, host }: { task: Task; seed: number; models: Models; host: Host },
): AsyncGenerator<string, void, void> {
  const reader = (name: string, weights: GgufModel) => ({
    ...{ name, revision: "same", problem: problem.text, breathe: host.breathe },
    engine: new Engine(models.kernel, weights),
    vocabulary: weights.vocabulary,
  });
  const verifierOf: Record<VerifierKind, () => Verifier> = {
    prm: () =>
      createEmbeddedVerifier({
        ...reader("prm", models.prm),
        prm: readPrm(models.prm),
      }),
    checker: () => checkerVerifier(problem),
    logprob: () => createLogprobVerifier(reader("logprob", models.policy)),
  };
  const began = host.clock();
  const clock = () => host.clock() - began;
  const { signal } = new AbortController();
  const facts = search(task.strategy, {
    ...{ problem, seed, signal, budget: {}, producer: "same-log@1", elapsedMs: clock },
    policy: createEmbeddedPolicy(reader("policy", models.policy)),
    verifier: task.verifier === null ? null : verifierOf[task.verifier](),
    sampling: Sampling.parse({ temperature: task.strategy.name === "greedy" ? 0 : 0.8 }),
  });
  for await (const event of record(facts, { run: "same", clock, signal })) {
    yield JSON.stringify(comparable(event));
  }
}
