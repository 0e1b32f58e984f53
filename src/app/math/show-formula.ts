import { type Said, say } from "../../lib/said.ts";
import { revealControls } from "../plain-text.ts";
import { t, tSaid } from "../words/t.ts";
import { drawFormula } from "./draw-formula.ts";
import { type Drawing, refused, type Typeset } from "./drawing.ts";
import { LruCache } from "./lru-cache.ts";
import { whyRefused } from "./refuse-formula.ts";
import type { Formula } from "./typeset.ts";
import { TOO_LONG, Typesetter } from "./typesetter.ts";

/** Nodes that are put into the page in one frame, unless a single formula has more. */
const NODES_A_FRAME = 800;
/** Nodes of all formulas that are kept. */
const MOST_KEPT = 120_000;
/** Formulas outside of the window are set once they are this near. */
const NEAR = "200px";

/** A formula of a text. */
interface FormulaText extends Formula {
  /** As it is written, with its delimiters. */
  readonly source: string;
  /** Punctuation that must not be parted from it, which is shown as well. */
  readonly tail: string;
}

interface Kept {
  readonly answer: Typeset;
  /** Cloned into the page; `null` until it was drawn once. */
  fragment: DocumentFragment | null;
}

const typesetter = new Typesetter();
const kept = new LruCache<Kept>(MOST_KEPT);
/** Everybody who waits for the same formula. */
const asked = new Map<string, Promise<Kept>>();
/** Formulas that took too long: not tried again in this session, however often they come into view. */
const denied = new Map<string, Kept>();
/** What to do once an element is near the window. */
const whenNear = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | null = null;

/**
 * Shows a formula in an element that is its own: first as it is written, and set
 * once it is near the window, or soon if `eager`. What cannot be set stays as it
 * is written, with the reason as its title. Returns what ends it; the element is
 * then no longer touched.
 */
export function showFormula(
  element: HTMLElement,
  formula: FormulaText,
  { eager = false }: { eager?: boolean } = {},
): () => void {
  element.classList.add("formula");
  element.classList.toggle("display", formula.display);
  element.textContent = revealControls(formula.source) + formula.tail;
  const why = whyRefused(formula.tex);
  if (why !== null) {
    markRefused(element, why);
    return () => {};
  }
  const shown = { isEnded: false };
  const begin = () => {
    void look(formula).then((found) => {
      if (!shown.isEnded) inSomeFrame({ element, tail: formula.tail, kept: found, shown });
    });
  };
  const ready = kept.get(keyOf(formula));
  if (ready !== undefined && hasRoom(sizeOf(ready.answer))) place(element, formula.tail, ready);
  else if (eager) begin();
  else {
    whenNear.set(element, begin);
    nearby().observe(element);
  }
  return () => {
    shown.isEnded = true;
    observer?.unobserve(element);
  };
}

/** Formulas as data, for other uses than to be shown; `null` for one that cannot be set. */
export function drawingsOf(formulas: readonly Formula[]): Promise<(Drawing | null)[]> {
  return Promise.all(
    formulas.map(async (formula) =>
      whyRefused(formula.tex) === null ? (await look(formula)).answer.drawing : null,
    ),
  );
}

function nearby(): IntersectionObserver {
  observer ??= new IntersectionObserver(noteNear, { rootMargin: NEAR });
  return observer;
}

function noteNear(entries: IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer?.unobserve(target);
    whenNear.get(target)?.();
  }
}

function markRefused(element: HTMLElement, why: Said): void {
  element.classList.add("refused");
  element.title = t("Not set as mathematics: {why}", {
    why: revealControls(tSaid(why).slice(0, 200)),
  });
}

function keyOf({ tex, display }: Formula): string {
  return `${display ? "d" : "i"}${tex}`;
}

/** Nodes of the page; for what cannot be set, about what it takes to remember why. */
function sizeOf({ drawing }: Typeset): number {
  return drawing?.length ?? 50;
}

/** A formula as it was set before, or is set now. */
async function look(formula: Formula): Promise<Kept> {
  const key = keyOf(formula);
  const found = kept.get(key) ?? denied.get(key) ?? asked.get(key);
  if (found !== undefined) return found;
  const asking = setOnce(formula, key);
  asked.set(key, asking);
  return asking;
}

async function setOnce(formula: Formula, key: string): Promise<Kept> {
  try {
    // Fonts and styles come with the first formula.
    const [answer] = await Promise.all([typesetter.set(formula), loadStyles()]);
    const found: Kept = { answer, fragment: null };
    if (answer.why?.message === TOO_LONG.message) denied.set(key, found);
    else kept.set(key, found, sizeOf(answer));
    return found;
  } catch {
    // The server is gone, or has another version by now: the next formula tries again.
    return { answer: refused(say("its fonts could not be loaded")), fragment: null };
  } finally {
    asked.delete(key);
  }
}

function loadStyles(): Promise<unknown> {
  return import("katex/dist/katex.min.css");
}

interface Due {
  readonly element: HTMLElement;
  readonly tail: string;
  readonly kept: Kept;
  readonly shown: { readonly isEnded: boolean };
}

const due: Due[] = [];
/** Nodes that were put into the page since the last frame. */
let placed = 0;
let frame = 0;

function hasRoom(nodes: number): boolean {
  return placed === 0 || placed + nodes <= NODES_A_FRAME;
}

function inSomeFrame(one: Due): void {
  due.push(one);
  nextFrame();
}

function nextFrame(): void {
  if (frame === 0) frame = requestAnimationFrame(placeDue);
}

/** Places as much as a frame has room for; the rest has the next ones. */
function placeDue(): void {
  frame = 0;
  placed = 0;
  while (due.length > 0 && hasRoom(sizeOf(due[0]!.kept.answer))) {
    const { element, tail, kept, shown } = due.shift()!;
    if (!shown.isEnded) place(element, tail, kept);
  }
  if (due.length > 0) nextFrame();
}

function place(element: HTMLElement, tail: string, one: Kept): void {
  const { drawing, why } = one.answer;
  placed += sizeOf(one.answer);
  // What was placed outside of a frame counts for the next one.
  nextFrame();
  if (drawing === null) {
    markRefused(element, why);
    return;
  }
  one.fragment ??= timed(drawing);
  element.replaceChildren(one.fragment.cloneNode(true));
  element.classList.add("set");
  if (tail !== "") addTail(element, tail);
}

/** Browsers break lines after every box of a formula, but not within its last one. */
function addTail(element: HTMLElement, tail: string): void {
  const part = document.createElement("span");
  part.className = "tail";
  part.textContent = tail;
  const last = element.querySelector(".katex-html > .katex-base:last-child") ?? element;
  last.append(part);
}

/** Visible in the browser's profiler, and to tests. */
function timed(drawing: Drawing): DocumentFragment {
  const began = performance.now();
  const fragment = drawFormula(drawing);
  performance.measure("formula", { start: began, detail: drawing.length });
  return fragment;
}
