import { LineFit } from "../../lib/line-fit.ts";
import type { Engine } from "./engine.ts";
import type { SequenceId } from "./sequences.ts";

/** A sequence of the engine in which the keys and values of some tokens are. */
interface Tip {
  readonly sequence: SequenceId;
  /** Tokens in it, with those that are planned. */
  length: number;
  /** Tokens that the engine has read. */
  read: number;
  isFree: boolean;
}

/** A token after all those above it, and what the model made of them. */
export interface Known {
  readonly parent: Known | null;
  /** −1 at the top. */
  readonly token: number;
  readonly depth: number;
  kids: Map<number, Known> | null;
  /** What may follow; empty at the top. */
  logits: Float32Array<ArrayBuffer>;
  /** State after the last norm. */
  hidden: Float32Array<ArrayBuffer>;
  /** Where its keys and values are, as long as they are anywhere. */
  tip: Tip | null;
}

export interface SharedTokensOptions {
  /** ms. */
  readonly clock: () => number;
  /** Pages above which keys and values are forgotten, the least recently used first. */
  readonly keptPages?: number;
}

const NOTHING = new Float32Array(0);

/**
 * A tree of all tokens that one engine has ever computed after the same
 * beginnings, so that nothing is computed twice, whoever asks. What comes of a
 * token depends on those before it alone (law M2), so who shares gets the same
 * bits as who does not. Results are kept until `clear`; keys and values may be
 * forgotten, and are computed anew when something has to go on from there.
 */
export class SharedTokens {
  readonly engine: Engine;
  readonly #clock: () => number;
  readonly #keptPages: number;
  /** In the order of use, latest last. */
  readonly #tips = new Set<Tip>();
  #plan: { readonly tip: Tip; readonly known: Known }[] = [];
  #top = newKnown(null, -1);
  #computed = 0;
  #computedMs = 0;
  /** ms of a batch by its rows. */
  readonly #speed = new LineFit();

  constructor(engine: Engine, { clock, keptPages = 2048 }: SharedTokensOptions) {
    this.engine = engine;
    this.#clock = clock;
    this.#keptPages = keptPages;
  }

  /** Before the first token. */
  get top(): Known {
    return this.#top;
  }

  /** Tokens that had to be computed, those aside that were only computed anew. */
  get computed(): number {
    return this.#computed;
  }

  /** Time in the engine, ms. */
  get computedMs(): number {
    return this.#computedMs;
  }

  /** What a batch of so many rows takes, by those that were measured, ms; never less than nothing, however a busy machine measured. */
  estimateMs(rows: number): number {
    return Math.max(0, this.#speed.at(rows));
  }

  /** A token after another one; what comes of it is there after `settle` at the latest. */
  follow(after: Known, token: number): Known {
    after.kids ??= new Map();
    const known = after.kids.get(token);
    if (known) return known;
    const fresh = newKnown(after, token);
    after.kids.set(token, fresh);
    this.#computed++;
    this.#extend(this.#tipOf(after), fresh);
    return fresh;
  }

  /** Computes what was asked for and is not known, all of it together. */
  settle(): void {
    this.#run();
    for (const tip of this.#tips) {
      if (this.engine.pagesInUse <= this.#keptPages) return;
      this.#drop(tip);
    }
  }

  /** Forgets everything. */
  clear(): void {
    for (const tip of this.#tips) this.#drop(tip);
    this.#top = newKnown(null, -1);
  }

  /** A sequence that ends with this token, once what is planned has been run. */
  #tipOf(known: Known): Tip {
    const lost: Known[] = [];
    let at = known;
    while (at.parent !== null && (at.tip === null || at.tip.isFree)) {
      lost.push(at);
      at = at.parent;
    }
    const tip = this.#endingWith(at);
    for (const each of lost.reverse()) this.#extend(tip, each);
    return tip;
  }

  /** The same of a token whose keys and values are there, or of the top. */
  #endingWith({ tip, depth }: Known): Tip {
    if (tip?.length === depth) return this.#used(tip);
    if (tip === null) {
      return this.#used({ sequence: this.engine.create(), length: 0, read: 0, isFree: false });
    }
    // What is only planned cannot be forked.
    if (tip.read < depth) this.#run();
    const sequence = this.engine.fork(tip.sequence, depth);
    return this.#used({ sequence, length: depth, read: depth, isFree: false });
  }

  #extend(tip: Tip, known: Known): void {
    this.#plan.push({ tip, known });
    known.tip = tip;
    tip.length++;
    if (this.#plan.length === this.engine.maxRows) this.#run();
  }

  #run(): void {
    const plan = this.#plan;
    if (plan.length === 0) return;
    this.#plan = [];
    const began = this.#clock();
    this.engine.extend(
      plan.map(({ tip }) => tip.sequence),
      plan.map(({ known }) => known.token),
      [...plan.keys()],
    );
    const { vocabulary, width } = this.engine.config;
    // One for all of the batch: two of a row's own would be most of the garbage of an evaluation.
    const room = new Float32Array(plan.length * (vocabulary + width));
    for (const [row, { tip, known }] of plan.entries()) {
      const start = row * (vocabulary + width);
      const middle = start + vocabulary;
      known.logits = this.engine.logits(row, room.subarray(start, middle));
      known.hidden = this.engine.hidden(row, room.subarray(middle, middle + width));
      tip.read++;
    }
    const ms = this.#clock() - began;
    this.#speed.add(plan.length, ms);
    this.#computedMs += ms;
  }

  #used(tip: Tip): Tip {
    this.#tips.delete(tip);
    this.#tips.add(tip);
    return tip;
  }

  #drop(tip: Tip): void {
    tip.isFree = true;
    this.engine.free(tip.sequence);
    this.#tips.delete(tip);
  }
}

function newKnown(parent: Known | null, token: number): Known {
  const depth = parent === null ? 0 : parent.depth + 1;
  return {
    ...{ parent, token, depth, kids: null, logits: NOTHING, hidden: NOTHING, tip: null },
  };
}
