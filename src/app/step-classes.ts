import { grown, roomFor } from "../protocol/columns.ts";
import { EVENT_KINDS } from "../protocol/event-kinds.ts";
import type { Tree } from "../protocol/tree.ts";
import { ownText } from "./token-text.ts";

const NONE = -1;
const PROPOSED = EVENT_KINDS.indexOf("proposed");

/**
 * Which nodes hold the same step, but for its spelling: a class is a number from 0
 * in the order in which its first step was proposed. Follows one tree as it grows,
 * each update in the time of its new events.
 */
export class StepClasses {
  /** Of every node of the tree, −1 where nothing was written; it may be longer than the tree, and is replaced when it grows. */
  classOf = new Int32Array(0);
  #tree: Tree | null = null;
  #seq = -1;
  /** By spelling and by normal form, which is its own normal form. */
  readonly #classes = new Map<string, number>();
  readonly #texts: string[] = [];

  get count(): number {
    return this.#texts.length;
  }

  /**
   * Reads what was proposed since the last time, of so many events at most; begins anew
   * with another tree. Returns how many events are still to be read.
   */
  update(tree: Tree, most = Number.POSITIVE_INFINITY): number {
    if (tree !== this.#tree) this.#clear(tree);
    if (tree.count > this.classOf.length) {
      const room = roomFor(tree.count, this.classOf.length);
      this.classOf = grown(Int32Array, this.classOf, room, NONE);
    }
    const until = Math.min(this.#seq + most, tree.seq);
    while (this.#seq < until) {
      this.#seq++;
      if (tree.eventKindAt(this.#seq) !== PROPOSED) continue;
      const node = tree.eventNodeAt(this.#seq);
      this.classOf[node] =
        tree.unit === "token"
          ? this.#classOf(ownText(tree, node))
          : this.#classify(tree.step(node));
    }
    return tree.seq - until;
  }

  /** The step as it was first spelled. Throws a `RangeError` for a class that is not there. */
  textOf(stepClass: number): string {
    const text = this.#texts[stepClass];
    if (text === undefined) throw new RangeError(`there is no class ${stepClass}`);
    return text;
  }

  #clear(tree: Tree): void {
    this.#tree = tree;
    this.#seq = -1;
    this.classOf = new Int32Array(0);
    this.#classes.clear();
    this.#texts.length = 0;
  }

  #classify(text: string): number {
    const known = this.#classes.get(text);
    if (known !== undefined) return known;
    const normal = normalStep(text);
    if (normal === "") return NONE;
    const found = this.#classes.get(normal) ?? this.#texts.push(text) - 1;
    this.#classes.set(normal, found);
    if (text !== normal) this.#classes.set(text, found);
    return found;
  }

  /** Of a token: each has a spelling of its own. */
  #classOf(text: string): number {
    const found = this.#classes.get(text) ?? this.#texts.push(text) - 1;
    this.#classes.set(text, found);
    return found;
  }
}

/**
 * What is left of a step when its spelling is not looked at: Unicode in form NFKC,
 * single spaces, none at the ends, around operators and inside of brackets. Case
 * counts. Whatever is left is its own normal form.
 */
export function normalStep(step: string): string {
  let normal = step;
  for (;;) {
    const next = respelled(normal);
    if (next === normal) return normal;
    normal = next;
  }
}

/** All of plain ASCII is in form NFKC. */
const NOT_ASCII = /[^\x20-\x7e]/;
/** A first character that looks like an operator begins an item of a list. */
const LOOSE = /(?<=\S) ?([-+*/=^<>×÷·−≤≥≠]) ?|(?<=[([{]) | (?=[)\]}])/g;

function respelled(step: string): string {
  const composed = NOT_ASCII.test(step) ? step.normalize("NFKC") : step;
  return composed.trim().replace(/\s+/g, " ").replace(LOOSE, "$1");
}
