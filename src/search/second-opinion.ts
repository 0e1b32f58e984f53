import type { UseDelta } from "../protocol/budget.ts";
import { type Fact, type NodeId, ROOT } from "../protocol/events.ts";
import type { Aggregation } from "../protocol/strategies.ts";
import { aggregate } from "./aggregate.ts";
import type { Policy, Proposed, ScoreAsk, Verifier } from "./ports.ts";
import { checkVerdicts } from "./score.ts";

interface SecondOptions {
  readonly verifier: Verifier;
  /** As the search aggregates, so that both scores mean the same. */
  readonly aggregation: Aggregation;
  readonly signal: AbortSignal;
  /** ms; never falls. */
  readonly clock: () => number;
}

/** A node as far as somebody needs it who only listens. */
interface Heard extends ScoreAsk {
  readonly id: NodeId;
  readonly parent: NodeId;
  isJudged: boolean;
}

/** Facts that say nothing about whether more steps come before anybody looks at scores. */
const GROWS: ReadonlySet<Fact["type"]> = new Set(["started", "expanded", "proposed", "answered"]);

function grows(fact: Fact): boolean {
  return GROWS.has(fact.type) || (fact.type === "round" && fact.phase === "expand");
}

/**
 * A second verifier, which says of every node what it thinks of it and decides
 * nothing: it stands outside of the search, reads its facts and adds its own, so
 * that without them the log is that of the search alone. Solutions that grow are
 * scored when they have stopped growing, each in one pass for all of its steps.
 */
export class SecondOpinion {
  readonly #options: SecondOptions;
  readonly #parents = new Map<NodeId, NodeId>();
  readonly #heard = new Map<NodeId, Heard>();
  #waiting: Heard[] = [];
  /** What the policy stated with each step that the search has not told of yet: the log has it only as it was read. */
  readonly #stated: (string | null)[] = [];
  readonly #spent = { prmTokens: 0, prmCalls: 0 };
  #ms = 0;

  constructor(options: SecondOptions) {
    this.#options = options;
  }

  /** How long it has taken so far, ms: no time of the search. */
  get ms(): number {
    return this.#ms;
  }

  /** The policy that the search is to have. */
  listenTo(policy: Policy): Policy {
    const listen = (proposed: Proposed) => {
      this.#stated.push(proposed.answer);
      return proposed;
    };
    const { name, revision, revises } = policy;
    return {
      ...{ name, revision, ...(revises && { revises }) },
      async *propose(asks, signal) {
        for await (const proposed of policy.propose(asks, signal)) yield listen(proposed);
      },
      dispose: () => policy.dispose(),
    };
  }

  /** The facts of a search, and among them those of this verifier. Throws a `ModelError` if it breaks its word. */
  async *among(facts: AsyncIterable<Fact>): AsyncGenerator<Fact, void, void> {
    const { name, revision } = this.#options.verifier;
    for await (const fact of facts) {
      if (!grows(fact)) yield* this.#judge();
      this.#hear(fact);
      yield fact.type === "started" ? { ...fact, second: { name, revision } } : fact;
    }
  }

  #hear(fact: Fact): void {
    if (fact.type === "expanded") {
      for (let i = 0; i < fact.kids; i++) this.#parents.set(fact.first + i, fact.node);
    } else if (fact.type === "proposed") {
      const parent = this.#parents.get(fact.node) ?? ROOT;
      const heard = {
        ...{ id: fact.node, parent, isJudged: false },
        steps: [...(this.#heard.get(parent)?.steps ?? []), fact.step],
        ...{ ended: fact.ended === "stop", answer: this.#stated.shift() ?? null },
      };
      this.#heard.set(fact.node, heard);
      this.#waiting.push(heard);
    }
  }

  async *#judge(): AsyncGenerator<Fact, void, void> {
    if (this.#waiting.length === 0) return;
    const { verifier, signal, clock } = this.#options;
    const inner = new Set(this.#waiting.map(({ parent }) => parent));
    const ends = this.#waiting.filter(({ id }) => !inner.has(id));
    this.#waiting = [];
    signal.throwIfAborted();
    const began = clock();
    const verdicts = await verifier.score(ends, signal);
    this.#ms += clock() - began;
    checkVerdicts(verdicts, ends, verifier.name);
    this.#count(verdicts.spent);
    for (const [i, end] of ends.entries()) yield* this.#state(end, verdicts.scores[i]!);
  }

  /** States the scores of all nodes on a path that have none. */
  *#state(end: Heard, scores: readonly number[]): Generator<Fact> {
    const { verifier, aggregation } = this.#options;
    for (const node of this.#pathTo(end)) {
      if (node.isJudged) continue;
      node.isJudged = true;
      const steps = scores.slice(0, node.steps.length);
      yield {
        ...{ type: "judged", node: node.id, scorer: verifier.name, steps },
        score: aggregate(steps, aggregation),
        spent: { ...this.#spent },
      };
    }
  }

  /** From the first step on. */
  #pathTo(end: Heard): Heard[] {
    const path: Heard[] = [];
    for (let at: Heard | undefined = end; at !== undefined; at = this.#heard.get(at.parent)) {
      path.push(at);
    }
    return path.reverse();
  }

  #count({ prmTokens, prmCalls }: UseDelta): void {
    this.#spent.prmTokens += prmTokens;
    this.#spent.prmCalls += prmCalls;
  }
}
