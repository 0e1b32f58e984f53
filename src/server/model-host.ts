import { readFileSync } from "node:fs";
import path from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { checkerVerifier } from "../models/checker.ts";
import { createEmbeddedPolicy } from "../models/embedded/embedded-policy.ts";
import { createEmbeddedVerifier, readPrm } from "../models/embedded/embedded-verifier.ts";
import { Engine } from "../models/embedded/engine.ts";
import { type GgufModel, readGguf } from "../models/embedded/gguf.ts";
import { createLogprobVerifier } from "../models/embedded/logprob-verifier.ts";
import { hostilePolicy } from "../models/hostile.ts";
import { scriptedPolicy, scriptedVerifier } from "../models/scripted.ts";
import type { ModelCard, ModelList, RunSpec } from "../protocol/runs.ts";
import type { SearchProblem } from "../search/context.ts";
import type { Policy, Verifier } from "../search/ports.ts";
import { embeddedCards, isScripted, listModels, SCRIPTED_PACE } from "./model-cards.ts";

export interface ModelHost {
  list(): ModelList;
  /** Reads all weights now, so that no run has to wait for them. What cannot be read is told when it is opened. */
  preload(): void;
  /**
   * The models that a run asks for, for it alone; the caller disposes of them.
   * Throws an `Error` that names the model if there is none, or if its weights
   * cannot be used.
   */
  open(
    spec: Pick<RunSpec, "policy" | "verifier"> & Partial<Pick<RunSpec, "earlier">>,
    problem: SearchProblem,
  ): { policy: Policy; verifier: Verifier | null };
}

const KERNEL = new URL("../models/embedded/kernel.wasm", import.meta.url);

/** What models read: a problem, and what was asked before it. Scripts and checkers know the problem alone. */
interface Conversation {
  readonly problem: SearchProblem;
  readonly earlier: RunSpec["earlier"];
}

/** Seed of what the scripted models "know". */
const SCRIPT = 7360;

/** The models of a folder, in this thread. Weights are read when they are first asked for, once. */
export async function openModels(folder: string): Promise<ModelHost> {
  const models = listModels(folder);
  const kernel = await WebAssembly.compile(readFileSync(KERNEL));
  const loaded = new Map<string, GgufModel>();

  const load = (name: string): GgufModel => {
    const known = loaded.get(name);
    if (known) return known;
    const model = readGguf(readFileSync(path.join(folder, `${name}.gguf`)));
    loaded.set(name, model);
    return model;
  };
  const embedded = (
    { name, revision }: ModelCard,
    weights: GgufModel,
    { problem: { text }, earlier }: Conversation,
  ) => ({
    ...{ name, revision, problem: text, earlier, breathe: () => setImmediate() },
    engine: new Engine(kernel, weights),
    vocabulary: weights.vocabulary,
  });

  const openPolicy = (name: string, conversation: Conversation): Policy => {
    const { problem } = conversation;
    const card = find(models.policies, name, "policy");
    if (isScripted(name)) {
      const script = scriptedPolicy(SCRIPT, { problem, sleep, msPerToken: SCRIPTED_PACE[name] });
      return { ...(name === "scripted-hostile" ? hostilePolicy(script) : script), name };
    }
    return createEmbeddedPolicy(embedded(card, load(name), conversation));
  };
  const openVerifier = (name: string, conversation: Conversation): Verifier => {
    const { problem } = conversation;
    const card = find(models.verifiers, name, "verifier");
    if (name === "checker") return checkerVerifier(problem);
    if (name === "scripted") return scriptedVerifier(SCRIPT, { problem });
    if (name === "logprob") {
      const [reader] = models.policies;
      return createLogprobVerifier(embedded(card, load(reader!.name), conversation));
    }
    const weights = load(name);
    const prm = readPrm(weights);
    return createEmbeddedVerifier({ ...embedded(card, weights, conversation), prm });
  };
  return {
    list: () => models,
    preload() {
      for (const { name } of embeddedCards(folder)) {
        try {
          load(name);
        } catch {
          // The run that asks for it is told.
        }
      }
    },
    open({ policy, verifier, earlier = [] }, problem) {
      const conversation = { problem, earlier };
      return {
        policy: openPolicy(policy, conversation),
        verifier: verifier === null ? null : openVerifier(verifier, conversation),
      };
    },
  };
}

function find(cards: readonly ModelCard[], name: string, role: string): ModelCard {
  const card = cards.find((candidate) => candidate.name === name);
  if (card) return card;
  throw new RangeError(
    `no ${role} is called "${name}"; there are ${cards.map((each) => each.name).join(", ")}`,
  );
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0) return;
  try {
    await setTimeout(ms, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}
