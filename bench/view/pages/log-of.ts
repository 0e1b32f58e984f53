import { NO_USE } from "../../../src/protocol/budget.ts";
import {
  EVENT_VERSION,
  type Fact,
  type NodeId,
  ROOT,
  type RunEvent,
} from "../../../src/protocol/events.ts";
import { type FlatTree, STATUS } from "./shapes.ts";

const STARTED: Fact = {
  type: "started",
  problem: { family: null, text: "3 * (4 + 5) - 6", level: null },
  strategy: { name: "greedy" },
  policy: { name: "bench", revision: "1" },
  verifier: { name: "bench", revision: "1" },
  sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 },
  seed: 1,
  budget: {},
  producer: "bench@1",
};

const STEPS = ["4 + 5 = 9", "3 * 9 = 27", "27 - 6 = 21", "3 * 4 = 12", "12 + 5 = 17", "= 21"];
/** Beyond this depth an event does not repeat the scores of all steps: 50,000 of them each would be gigabytes. */
const DEEPEST_SCORES = 1200;
const CHUNK = 4000;

/** Writes the log of a run that grew a tree like this one. */
export class LogWriter {
  readonly #depth: Int32Array;
  readonly #use = { ...NO_USE };
  #seq = 0;
  /** Nodes that were announced, and those of them on which there is a verdict. */
  #announced = 0;
  #judged = 1;

  constructor({ parent }: FlatTree) {
    this.#depth = new Int32Array(parent.length);
  }

  /** The events that announce all nodes of `tree` that were not there yet, in chunks. */
  *events(tree: FlatTree): Generator<RunEvent[]> {
    let chunk: RunEvent[] = [];
    for (const fact of this.#facts(tree)) {
      this.#use.ms = this.#seq / 100;
      chunk.push({ v: EVENT_VERSION, run: "bench", seq: this.#seq++, t: this.#use.ms, ...fact });
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = [];
    }
    yield chunk;
  }

  /** The last event. */
  ending(): RunEvent {
    const fact: Fact = { type: "finished", why: "complete", use: { ...this.#use } };
    return { v: EVENT_VERSION, run: "bench", seq: this.#seq++, t: this.#use.ms, ...fact };
  }

  *#facts(tree: FlatTree): Generator<Fact> {
    const { parent } = tree;
    if (this.#announced === 0) {
      yield STARTED;
      this.#announced = 1;
    }
    while (this.#announced < tree.count) {
      const first = this.#announced;
      const node = parent[first]!;
      if (node >= this.#judged) yield* this.#verdicts(tree);
      let end = first + 1;
      while (end < tree.count && parent[end] === node) end++;
      this.#announced = end;
      yield { type: "expanded", node, first, kids: end - first };
      for (let kid = first; kid < end; kid++) yield this.#proposed(kid, node);
      const before = this.#scoresTo(tree, node);
      for (let kid = first; kid < end; kid++) yield this.#scored(tree, kid, before);
    }
    yield* this.#verdicts(tree);
  }

  #proposed(node: NodeId, parent: NodeId): Fact {
    this.#depth[node] = this.#depth[parent]! + 1;
    this.#use.policyTokens += 8;
    this.#use.policyCalls += 1;
    return {
      type: "proposed",
      node,
      step: STEPS[node % STEPS.length]!,
      tokens: 8,
      logprob: -2,
      ended: "step",
      origin: "policy",
      use: { ...this.#use },
    };
  }

  #scored({ score }: FlatTree, node: NodeId, before: readonly number[] | null): Fact {
    this.#use.prmTokens += 8;
    this.#use.prmCalls += 1;
    const own = score[node]!;
    const steps = before === null ? [] : [...before, own];
    const use = { ...this.#use };
    return { type: "scored", node, score: own, scorer: "bench", steps, use };
  }

  /** The scores from the root's children to `node`; null if there are too many. */
  #scoresTo({ parent, score }: FlatTree, node: NodeId): number[] | null {
    const depth = this.#depth[node]!;
    if (depth > DEEPEST_SCORES) return null;
    const scores = new Array<number>(depth);
    for (let at = node; at !== ROOT; at = parent[at]!) scores[this.#depth[at]! - 1] = score[at]!;
    return scores;
  }

  /** What became of the nodes that were announced since the last verdicts. */
  *#verdicts({ status, score }: FlatTree): Generator<Fact> {
    const kept: NodeId[] = [];
    const pruned: NodeId[] = [];
    for (let node = this.#judged; node < this.#announced; node++) {
      if (status[node] === STATUS.kept) kept.push(node);
      else if (status[node] === STATUS.pruned) pruned.push(node);
    }
    this.#judged = this.#announced;
    if (kept.length > 0) yield { type: "kept", nodes: kept };
    if (pruned.length === 0) return;
    const last = kept.at(-1) ?? null;
    const cut = last === null ? null : score[last]!;
    yield {
      type: "pruned",
      nodes: pruned.map((node, i) => ({
        ...{ node, reason: "not_top_k" as const, rank: kept.length + i + 1, cut, beatenBy: last },
      })),
    };
  }
}
