import path from "node:path";
import { EngineShelf } from "../../src/models/embedded/engine-shelf.ts";
import { encodePrompt, VOCABULARY } from "../../src/models/embedded/vocabulary.ts";
import { familyOf } from "../../src/problems/families.ts";
import { Budget } from "../../src/protocol/budget.ts";
import { Sampling } from "../../src/protocol/events.ts";
import { Strategy } from "../../src/protocol/strategies.ts";
import type { ModelHost } from "../../src/runs/model-host.ts";
import type { Ask, Policy } from "../../src/search/ports.ts";
import { record } from "../../src/search/record.ts";
import { search } from "../../src/search/strategies.ts";
import { openModels } from "../../src/server/model-host.ts";
import { median } from "../view/percentile.ts";
import { type Computed, timedDecoder } from "./timed-decoder.ts";

const MODELS = path.join(import.meta.dirname, "../../public/models");
const PROBLEMS = 40;
/** The fastest of so many counts: whatever else the machine does can only slow a search down. */
const PASSES = 6;
/** Candidates of the beam, and of every batch of the policy. */
const BATCH = 16;

export interface EmbeddedCost {
  readonly searches: number;
  /** Median, ms. */
  readonly msPerSearch: number;
  /** What everything but the models' arithmetic takes, as a share of that. */
  readonly added: number;
  /** Tokens that the policy read, for one that stands in the tree: the problem once, and every sampled token. */
  readonly readPerToken: number;
  /** The same if every candidate had read its prefix for itself. */
  readonly readPerTokenUnshared: number;
}

/** What one search came to. */
interface Cost {
  readonly ms: number;
  readonly insideMs: number;
  readonly read: number;
  readonly unshared: number;
  readonly inTree: number;
}

/**
 * Beams of 16 with the embedded S model and its PRM on held-out expressions, one
 * thread, each search with its log written out. The models' share is the
 * arithmetic alone: what is around it, down to the head of the PRM, counts as added.
 */
export async function embeddedCost(): Promise<EmbeddedCost> {
  const shelf = new EngineShelf();
  // The policy's first, then the verifier's, as they are opened.
  const computed: Computed[] = [];
  const host = await openModels(MODELS, {
    openDecoder(kernel, weights) {
      const { decoder, release } = shelf.lend(kernel, weights);
      const own = { ms: 0, rows: 0 };
      computed.push(own);
      return { decoder: timedDecoder(decoder, own), release };
    },
  });
  const costs: Cost[] = [];
  for (let pass = 0; pass < PASSES; pass++) {
    for (let seed = 0; seed < PROBLEMS; seed++) {
      computed.length = 0;
      const cost = await costOf(host, seed, computed);
      if (pass === 0 || cost.ms < costs[seed]!.ms) costs[seed] = cost;
    }
  }
  const sum = (of: (cost: Cost) => number) => costs.reduce((total, cost) => total + of(cost), 0);
  const inside = sum(({ insideMs }) => insideMs);
  const inTree = sum((cost) => cost.inTree);
  return {
    searches: PROBLEMS,
    msPerSearch: median(costs.map(({ ms }) => ms)),
    added: (sum(({ ms }) => ms) - inside) / inside,
    readPerToken: sum(({ read }) => read) / inTree,
    readPerTokenUnshared: sum(({ unshared }) => unshared) / inTree,
  };
}

async function costOf(host: ModelHost, seed: number, computed: readonly Computed[]): Promise<Cost> {
  const family = familyOf("expressions");
  const level = family.levels[seed % family.levels.length]!;
  const parsed = family.generate({ level, seed, split: "held-out" });
  const problem = { family, parsed, text: family.render(parsed), level };
  const prompt = encodePrompt(VOCABULARY, problem.text).length;
  const { signal } = new AbortController();
  let unshared = 0;
  let sampled = 0;

  const began = performance.now();
  const clock = () => performance.now();
  const models = await host.open({ policy: "sentei-s", verifier: "sentei-prm" }, problem);
  const policy = heard(models.policy, ({ prefix }) => {
    unshared += prompt + prefix.reduce((sum, { length }) => sum + length + 1, 0);
  });
  const facts = search(Strategy.parse({ name: "beam", n: BATCH }), {
    ...{ problem, policy, verifier: models.verifier, seed, signal },
    ...{ sampling: Sampling.parse({}), budget: Budget.parse({}) },
    ...{ producer: "bench", elapsedMs: clock },
  });
  for await (const event of record(facts, { run: "bench", clock, signal })) {
    JSON.stringify(event);
    if (event.type === "finished") sampled = event.use.policyTokens;
  }
  models.policy.dispose();
  models.verifier!.dispose();
  return {
    ms: performance.now() - began,
    insideMs: computed.reduce((sum, { ms }) => sum + ms, 0),
    read: computed[0]!.rows,
    unshared: unshared + sampled,
    inTree: prompt + sampled,
  };
}

/** The same policy; `hear` is told of everything that it is asked. */
function heard(policy: Policy, hear: (ask: Ask) => void): Policy {
  return {
    name: policy.name,
    revision: policy.revision,
    propose(asks, signal) {
      for (const ask of asks) hear(ask);
      return policy.propose(asks, signal);
    },
    dispose: () => policy.dispose(),
  };
}
