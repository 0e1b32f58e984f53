import { cellsOf } from "../../lib/text-cells.ts";
import { grown, roomFor } from "../../protocol/columns.ts";
import { EVENT_KINDS } from "../../protocol/event-kinds.ts";
import type { Tree } from "../../protocol/tree.ts";
import { hasTitles, shownStep } from "../step-titles.ts";
import { naturalWidth } from "./label-room.ts";

/** Characters that a column is given room for, least and most; longer steps are cut. */
const CHARACTERS = { least: 6, most: 36 };
/** Of the characters beyond so many a share gets room: short columns stay readable beside long ones. */
const GENEROUS = { characters: 8, share: 0.65 };
/** The problem is on the page already, so its column may cut it. */
const PROBLEM_CHARACTERS = 16;
/** Titles of so many nodes of a depth, the first ones, tell how wide its column is: a title costs more than a length. */
const TITLES_READ = 64;
/** Widths grow in steps of so many characters, so that a streaming column is mostly still. */
const STEP = 3;

const PROPOSED = EVENT_KINDS.indexOf("proposed");

/**
 * How wide columns are: each about as wide as its longest step needs. What becomes
 * shorter with every step, such as an expression that is being evaluated, so takes no
 * more room than it needs. Follows one tree as it grows, each update in the time of its
 * new events.
 */
export class ColumnWidths {
  /** Characters of the longest step by depth, up to the most that get room. */
  #longest = new Uint8Array(0);
  #tree: Tree | null = null;
  /** Whether widths are for titles. */
  #titles = false;
  /** Nodes announced so far, by depth, and which of them are read; for titles alone. */
  readonly #announced: number[] = [];
  readonly #read = new Set<number>();
  #count = 0;
  #seq = -1;
  #starts = new Float64Array(1);
  #startsAt = -1;
  #isNew = true;

  /** Reads what was proposed since the last time; begins anew with another tree, or with other text. */
  update({ tree, titles }: { readonly tree: Tree; readonly titles: boolean }): void {
    const areTitles = titles && hasTitles(tree);
    if (tree !== this.#tree || areTitles !== this.#titles) this.#clear(tree, areTitles);
    if (tree.seq === this.#seq) return;
    if (areTitles) this.#choose(tree);
    if (tree.maxDepth >= this.#longest.length) {
      const room = roomFor(tree.maxDepth + 1, this.#longest.length);
      this.#longest = grown(Uint8Array, this.#longest, room);
    }
    if (tree.seq - this.#seq > tree.count) {
      for (let node = 1; node < tree.count; node++) this.#measure(tree, node);
    } else {
      for (let seq = this.#seq + 1; seq <= tree.seq; seq++) {
        if (tree.eventKindAt(seq) === PROPOSED) this.#measure(tree, tree.eventNodeAt(seq));
      }
    }
    this.#seq = tree.seq;
  }

  /**
   * Where so many columns from a depth on begin, in CSS px at scale 1, and where the last
   * one ends. The same array as before if nothing changed.
   */
  starts(depth: number, columns: number): Float64Array {
    if (!this.#isNew && this.#startsAt === depth && this.#starts.length === columns + 1) {
      return this.#starts;
    }
    const starts = new Float64Array(columns + 1);
    let before = PROBLEM_CHARACTERS;
    for (let column = 0; column < columns; column++) {
      const known = depth + column === 0 ? PROBLEM_CHARACTERS : this.#longest[depth + column]!;
      // Nothing is known of a column of placeholders: it is taken to be like the one before.
      const characters = known > 0 || column < 2 ? known : before;
      starts[column + 1] = starts[column]! + naturalWidth(roomOf(characters));
      before = characters;
    }
    this.#starts = starts;
    this.#startsAt = depth;
    this.#isNew = false;
    return starts;
  }

  #clear(tree: Tree, titles: boolean): void {
    this.#tree = tree;
    this.#titles = titles;
    this.#announced.length = 0;
    this.#read.clear();
    this.#count = 0;
    this.#longest = new Uint8Array(0);
    this.#seq = -1;
    this.#isNew = true;
  }

  /** Which nodes have their titles read: a matter of their ids alone, not of when they are proposed. */
  #choose(tree: Tree): void {
    for (; this.#count < tree.count; this.#count++) {
      const depth = tree.depth[this.#count]!;
      const before = this.#announced[depth] ?? 0;
      this.#announced[depth] = before + 1;
      if (before < TITLES_READ) this.#read.add(this.#count);
    }
  }

  #measure(tree: Tree, node: number): void {
    if (node < 1 || (this.#titles && !this.#read.has(node))) return;
    const depth = tree.depth[node]!;
    const text = shownStep({ tree, titles: this.#titles }, node);
    const characters = Math.min(cellsOf(text, CHARACTERS.most), CHARACTERS.most);
    if (characters <= this.#longest[depth]!) return;
    this.#longest[depth] = characters;
    this.#isNew = true;
  }
}

/** Characters of room for steps of so many. */
function roomOf(characters: number): number {
  const whole = Math.ceil(Math.max(characters, CHARACTERS.least) / STEP) * STEP;
  return whole - Math.max(whole - GENEROUS.characters, 0) * (1 - GENEROUS.share);
}
