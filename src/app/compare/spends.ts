import { grown, roomFor } from "../../protocol/columns.ts";
import { EVENT_KINDS } from "../../protocol/event-kinds.ts";
import { ROOT, RunEvent } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";

/** What a run has spent on each of its nodes, by node, in columns with room for more: together what its log says that it has spent. */
export interface Spends {
  /** Tokens sampled from the policy. */
  readonly tokens: Float64Array;
  /** Calls of the verifier. */
  readonly calls: Float64Array;
}

/** By kind of event, whether it says what the run has spent until then: no other needs to be looked at. */
const SPENDING: readonly boolean[] = EVENT_KINDS.map((kind) =>
  RunEvent.options.some(({ shape }) => shape.type.value === kind && "use" in shape),
);

const known = new WeakMap<Tree, SpendReader>();

/**
 * What a run has spent by its newest event; the columns of the last answer may be filled
 * further. What an event has added to the running totals was spent on the node that it is
 * about, and at the root if it is about none. O(new events) look-ups.
 */
export function spendsOf(tree: Tree): Spends {
  let reader = known.get(tree);
  if (reader === undefined) {
    reader = new SpendReader(tree);
    known.set(tree, reader);
  }
  reader.read();
  return reader;
}

class SpendReader implements Spends {
  tokens = new Float64Array(0);
  calls = new Float64Array(0);
  readonly #tree: Tree;
  #seq = -1;
  #spent = { policyTokens: 0, prmCalls: 0 };

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  read(): void {
    const tree = this.#tree;
    if (tree.count > this.tokens.length) {
      const room = roomFor(tree.count, this.tokens.length);
      this.tokens = grown(Float64Array, this.tokens, room);
      this.calls = grown(Float64Array, this.calls, room);
    }
    for (let seq = this.#seq + 1; seq <= tree.seq; seq++) {
      if (!SPENDING[tree.eventKindAt(seq)]) continue;
      const { policyTokens, prmCalls } = tree.useAt(seq);
      const node = Math.max(tree.eventNodeAt(seq), ROOT);
      this.tokens[node]! += policyTokens - this.#spent.policyTokens;
      this.calls[node]! += prmCalls - this.#spent.prmCalls;
      this.#spent = { policyTokens, prmCalls };
    }
    this.#seq = tree.seq;
  }
}
