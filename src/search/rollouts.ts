import type { Fact } from "../protocol/events.ts";
import { sampleSteps } from "./expand.ts";
import { type PrunedNode, prunedNode } from "./prune.ts";
import type { Candidate, SearchState } from "./state.ts";

/**
 * What was looked ahead to from candidates: a chain of at most `k` likeliest
 * steps below each, nodes of origin `rollout` that do not compete themselves.
 */
export class Rollouts {
  readonly #state: SearchState;
  readonly #k: number;
  readonly #chains = new Map<Candidate, Candidate[]>();

  constructor(state: SearchState, k: number) {
    this.#state = state;
    this.#k = k;
  }

  /**
   * Grows the chain of every candidate to `k` steps, all at once step by step, or
   * to where it ends by itself, is cut off, or the budget ends.
   */
  async *extend(candidates: readonly Candidate[]): AsyncGenerator<Fact, void, void> {
    const sampling = { ...this.#state.context.sampling, temperature: 0 };
    for (;;) {
      const short = candidates.filter((candidate) => this.#canGrow(candidate));
      if (short.length === 0) return;
      const tails = short.map((candidate) => this.#chain(candidate).at(-1) ?? candidate);
      const born = yield* sampleSteps(this.#state, tails, { sampling, origin: "rollout" });
      for (const [i, step] of born.entries()) {
        this.#chains.set(short[i]!, [...this.#chain(short[i]!), step]);
      }
      if (born.length < short.length) return;
    }
  }

  /** The last step that is whole of what was looked ahead to; the candidate itself if there is none. */
  endOf(candidate: Candidate): Candidate {
    return this.#chain(candidate).findLast(({ ended }) => ended !== "length") ?? candidate;
  }

  /**
   * The node that takes the place of a copy, if the copy says what was looked
   * ahead to from its parent: that becomes a candidate, and what came after it is
   * its own rollout from now on, for the likeliest steps after the same prefix
   * are the same. Empty if there is none, or if it was adopted before.
   */
  adopt({ parent, original }: Candidate): Candidate[] {
    const [first, ...rest] = parent ? this.#chain(parent) : [];
    if (first?.id !== original || first.ended === "length") return [];
    this.#chains.delete(parent!);
    this.#chains.set(first, rest);
    return [first];
  }

  /** Prunes what was looked ahead to from a candidate, which needs it no more. */
  drop(candidate: Candidate): PrunedNode[] {
    const chain = this.#chain(candidate);
    this.#chains.delete(candidate);
    const defeat = { rank: null, cut: null, beatenBy: candidate.id };
    return chain.map((step) =>
      step.ended === "length"
        ? prunedNode(step, "invalid")
        : prunedNode(step, "superseded", defeat),
    );
  }

  #chain(candidate: Candidate): readonly Candidate[] {
    return this.#chains.get(candidate) ?? [];
  }

  #canGrow(candidate: Candidate): boolean {
    const chain = this.#chain(candidate);
    return chain.length < this.#k && (chain.at(-1) ?? candidate).ended === "step";
  }
}
