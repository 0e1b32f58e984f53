import type { Use } from "../../protocol/budget.ts";
import { type NodeId, ROOT, type RunEvent } from "../../protocol/events.ts";
import type { ThinkingEnd, Thought } from "./thinking-end.ts";

/** Between a line that was told and another one that was selected in the end. */
const SECOND_THOUGHT = "(Another line turned out to be better.)";

interface Seen {
  readonly parent: NodeId;
  step: string | null;
  answerTokens: number;
  /** Children that are not pruned; −1 before it is expanded. */
  alive: number;
  isPruned: boolean;
}

/**
 * Follows a log and tells a line of reasoning as soon as it is settled: a step
 * is told when no other branch is left beside it, and the rest of the path when
 * it is selected. So a greedy search is told step by step, a beam as it narrows,
 * and best-of-N at its end.
 */
export class Thinking {
  readonly #nodes: Seen[] = [newNode(-1)];
  /** Nodes whose steps were told, from the root on. */
  readonly #told: NodeId[] = [ROOT];
  #answer: string | null = null;
  #answerTokens = 0;

  /** What an event adds, to be told now. */
  hear(event: RunEvent): Thought[] {
    switch (event.type) {
      case "expanded":
        this.#expand(event.node, event.first, event.kids);
        return [];
      case "proposed": {
        const node = this.#nodes[event.node]!;
        node.step = event.step;
        node.answerTokens =
          event.ended === "stop" ? event.tokens - (event.reasoningTokens ?? event.tokens) : 0;
        return this.#settled();
      }
      case "pruned":
        for (const { node } of event.nodes) this.#bury(node);
        return this.#settled();
      case "restored":
        for (const node of event.nodes) this.#revive(node);
        return [];
      case "selected":
        this.#answer = event.answer;
        this.#answerTokens = this.#nodes[event.path.at(-1) ?? ROOT]!.answerTokens;
        return this.#tellPath(event.path);
      case "finished":
        return [this.#end(this.#answer === null ? "length" : "stop", event.use)];
      case "failed":
        return [this.#end("failed", event.use, event.error)];
      case "cancelled":
        return [this.#end("cancelled", event.use)];
      default:
        return [];
    }
  }

  #expand(parent: NodeId, first: NodeId, kids: number): void {
    const node = this.#nodes[parent]!;
    node.alive = Math.max(0, node.alive) + kids;
    for (let id = first; id < first + kids; id++) this.#nodes[id] = newNode(parent);
  }

  /** A node whose children are all gone leads nowhere any more, and neither do those above it. */
  #bury(id: NodeId): void {
    let node = this.#nodes[id];
    while (node !== undefined && !node.isPruned) {
      node.isPruned = true;
      const parent = this.#nodes[node.parent];
      if (parent === undefined || --parent.alive > 0) return;
      node = parent;
    }
  }

  #revive(id: NodeId): void {
    let node = this.#nodes[id];
    while (node?.isPruned) {
      node.isPruned = false;
      node = this.#nodes[node.parent];
      if (node) node.alive++;
    }
  }

  #settled(): Thought[] {
    const thoughts: Thought[] = [];
    for (;;) {
      const last = this.#told.at(-1)!;
      if (this.#nodes[last]!.alive !== 1) return thoughts;
      const only = this.#onlyChild(last);
      const step = this.#nodes[only]!.step;
      if (step === null) return thoughts;
      this.#told.push(only);
      thoughts.push({ kind: "step", text: step });
    }
  }

  #onlyChild(node: NodeId): NodeId {
    // Children come after their parents.
    let id = node + 1;
    while (this.#nodes[id]!.parent !== node || this.#nodes[id]!.isPruned) id++;
    return id;
  }

  #tellPath(path: readonly NodeId[]): Thought[] {
    const steps = path.filter((id) => id !== ROOT);
    const told = this.#told.slice(1);
    const goesOn = told.every((id, i) => steps[i] === id);
    const texts = steps.slice(goesOn ? told.length : 0).map((id) => this.#nodes[id]!.step ?? "");
    this.#told.push(...steps.slice(goesOn ? told.length : 0));
    return [...(goesOn || steps.length === 0 ? [] : [SECOND_THOUGHT]), ...texts].map((text) => ({
      ...{ kind: "step" as const, text },
    }));
  }

  #end(why: ThinkingEnd["why"], use: Use, error: string | null = null): Thought {
    const [answer, answerTokens] = [this.#answer, this.#answerTokens];
    return { kind: "end", end: { answer, why, error, use, answerTokens } };
  }
}

function newNode(parent: NodeId): Seen {
  return { parent, step: null, answerTokens: 0, alive: -1, isPruned: false };
}
