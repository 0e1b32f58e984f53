import "./cards.css";
import type { NodeId } from "../../protocol/events.ts";
import { formatScore } from "../format.ts";
import { fillMath } from "../math/fill-math.ts";
import { capText, revealControls } from "../plain-text.ts";
import type { DropMark } from "../score-drop.ts";
import { CardSlots } from "./card-slots.ts";

/** Cards that are in the page at once. */
const MOST_CARDS = 60;
/** Cards that get a new text in one frame; the others have theirs in the next ones. */
const TEXTS_A_FRAME = 6;
/** Characters of a step that a card has room for, about. */
const TEXT_CAP = 700;

/** A node with room for all that it says. */
export interface Card {
  readonly node: NodeId;
  /** Place within the frame, CSS px. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** `Step 3`. */
  readonly title: string;
  /** As somebody else wrote it. */
  readonly text: string;
  /** Whether formulas are shown as they are written. */
  readonly raw: boolean;
  /** NaN: not scored. */
  readonly score: number;
  /** Colour of the score as CSS; null: hollow. */
  readonly color: string | null;
  /** Kept, pruned, right and so on, in words. */
  readonly status: string;
  readonly mark: DropMark;
  readonly look: "plain" | "pruned" | "right" | "wrong";
  /** Whether the step is longer than the card. */
  readonly isCut: boolean;
  /** Whether a search has found it, and whether it is the hit that was gone to. */
  readonly hit: "none" | "one" | "current";
  readonly isSelected: boolean;
  readonly isDimmed: boolean;
}

/** Nodes as cards over the canvas. Whoever draws owns it and calls `update` in each frame. */
export interface Cards {
  /** Shows these cards and no others, as many as there may be. */
  update(cards: readonly Card[]): void;
  remove(): void;
}

/**
 * Adds a layer for cards to the frame of a canvas. It is not for the pointer, which
 * goes through to the canvas, nor for screen readers, for which the tree's twin speaks.
 */
export function mountCards(frame: HTMLElement): Cards {
  return new CardLayer(frame);
}

class CardLayer implements Cards {
  readonly #layer = document.createElement("div");
  readonly #slots = new CardSlots(MOST_CARDS);
  readonly #elements: CardElement[] = [];
  #frame = 0;

  constructor(frame: HTMLElement) {
    this.#layer.className = "cards";
    this.#layer.ariaHidden = "true";
    frame.append(this.#layer);
  }

  update(cards: readonly Card[]): void {
    const slots = this.#slots.assign(cards.map(({ node }) => node));
    const used = new Set<CardElement>();
    for (const [i, card] of cards.entries()) {
      const slot = slots[i]!;
      if (slot < 0) continue;
      const element = this.#elementOf(slot);
      element.show(card);
      used.add(element);
    }
    for (const element of this.#elements) if (!used.has(element)) element.hide();
    this.#fill();
  }

  remove(): void {
    cancelAnimationFrame(this.#frame);
    for (const element of this.#elements) element.hide();
    this.#layer.remove();
  }

  #elementOf(slot: number): CardElement {
    for (let i = this.#elements.length; i <= slot; i++) {
      this.#elements.push(new CardElement(this.#layer));
    }
    return this.#elements[slot]!;
  }

  /** Writes the texts of new cards, a few in each frame, so that none is late. */
  #fill(): void {
    cancelAnimationFrame(this.#frame);
    const waiting = this.#elements.filter((element) => element.isUnwritten);
    for (const element of waiting.slice(0, TEXTS_A_FRAME)) element.write();
    if (waiting.length > TEXTS_A_FRAME) this.#frame = requestAnimationFrame(() => this.#fill());
  }
}

/** One card of the layer, used for one node after the other. Writes to the page only what has changed. */
class CardElement {
  readonly #root = document.createElement("div");
  readonly #title = document.createElement("span");
  readonly #score = document.createElement("span");
  readonly #mark = document.createElement("span");
  readonly #status = document.createElement("span");
  readonly #step = document.createElement("div");
  #card: Card | null = null;
  /** What of the card's text is in the page. */
  #written: { readonly text: string; readonly raw: boolean } | null = null;
  #end: (() => void) | null = null;

  constructor(layer: HTMLElement) {
    const line = document.createElement("div");
    this.#root.className = "card";
    line.className = "card-line";
    this.#title.className = "card-title";
    this.#score.className = "card-score";
    this.#mark.className = "drop-mark";
    this.#status.className = "card-status";
    this.#step.className = "card-step";
    this.#step.dir = "auto";
    line.append(this.#title, this.#score, this.#mark, this.#status);
    this.#root.append(line, this.#step);
    layer.append(this.#root);
  }

  /** Whether the text of its node is not in the page yet. */
  get isUnwritten(): boolean {
    const card = this.#card;
    if (card === null) return false;
    return this.#written?.text !== card.text || this.#written.raw !== card.raw;
  }

  show(card: Card): void {
    const before = this.#card;
    this.#card = card;
    const { style } = this.#root;
    style.transform = `translate(${card.x}px, ${card.y}px)`;
    if (before === null) this.#root.hidden = false;
    if (before?.width !== card.width) style.width = `${card.width}px`;
    if (before?.height !== card.height) style.height = `${card.height}px`;
    if (before?.color !== card.color) style.setProperty("--score", card.color ?? "transparent");
    if (before?.title !== card.title) this.#title.textContent = card.title;
    if (before?.score !== card.score) this.#score.textContent = formatScore(card.score);
    if (before?.mark !== card.mark) this.#mark.textContent = card.mark;
    if (before?.status !== card.status) this.#status.textContent = card.status;
    this.#root.dataset["look"] = card.look;
    this.#root.dataset["hit"] = card.hit;
    this.#root.toggleAttribute("data-cut", card.isCut);
    this.#root.toggleAttribute("data-selected", card.isSelected);
    this.#root.toggleAttribute("data-dimmed", card.isDimmed);
    if (this.isUnwritten) this.#clear();
  }

  hide(): void {
    if (this.#card === null) return;
    this.#card = null;
    this.#root.hidden = true;
    this.#clear();
  }

  write(): void {
    if (this.#card === null) return;
    const { text, raw } = this.#card;
    const { shown, complete } = capText(text, TEXT_CAP);
    this.#written = { text, raw };
    const whole = complete ? shown : `${shown}…`;
    if (raw) this.#step.textContent = revealControls(whole);
    else this.#end = fillMath(this.#step, whole, { eager: true });
  }

  #clear(): void {
    this.#end?.();
    this.#end = null;
    this.#written = null;
    this.#step.replaceChildren();
  }
}
