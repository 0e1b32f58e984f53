import type { Tree } from "../../protocol/tree.ts";
import { momentWords } from "../panels/transport/moment-words.ts";
import { goLive, seek, stepEvent, stepRound } from "../state/actions.ts";
import { useView, type View } from "../state/view.ts";
import { onDisplayChange, prefersDark, sizeCanvas } from "../tree/display.ts";
import { looksAt } from "../tree/looks.ts";
import { type Palette, paletteOf } from "../tree/palette.ts";
import { drawStrip } from "./draw-strip.ts";
import { drawTimeline } from "./draw-timeline.ts";
import { seqAt, timeScale } from "./time-scale.ts";

/**
 * Gives a canvas the timeline of the run on screen: draws on change, scrubs, and
 * is a slider for keyboards and screen readers. Returns what takes it away.
 */
export function mountTimeline(canvas: HTMLCanvasElement): () => void {
  const timeline = new Timeline(canvas);
  return () => timeline.remove();
}

/** What the cached strip was painted from; painted again when one of it changes. */
type StripKey = readonly unknown[];

class Timeline {
  readonly #canvas: HTMLCanvasElement;
  readonly #ctx: CanvasRenderingContext2D;
  readonly #strip = document.createElement("canvas");
  readonly #undo: (() => void)[] = [];
  #stripKey: StripKey = [];
  #looks: Uint16Array = new Uint16Array(0);
  #frame = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#ctx = canvas.getContext("2d")!;
    const stop = new AbortController();
    const { signal } = stop;
    canvas.addEventListener("pointerdown", (event) => this.#grab(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.#drag(event), { signal });
    canvas.addEventListener("keydown", (event) => onKey(event), { signal });
    const invalidate = () => {
      this.#frame ||= requestAnimationFrame(() => this.#draw());
    };
    this.#undo.push(
      () => stop.abort(),
      onDisplayChange(canvas, invalidate),
      useView.subscribe(invalidate),
    );
    invalidate();
  }

  remove(): void {
    for (const undo of this.#undo) undo();
    cancelAnimationFrame(this.#frame);
  }

  #draw(): void {
    this.#frame = 0;
    const { width, height, pixelRatio } = sizeCanvas(this.#canvas);
    if (width === 0 || height === 0) return;
    const view = useView.getState();
    const palette = paletteOf(view.theme, prefersDark());
    const scale = timeScale(view.tree.seq + 1, width);
    this.#paintStrip(view, palette, { width, height, pixelRatio });
    drawTimeline(this.#ctx, {
      strip: this.#strip,
      scale,
      at: view.at,
      palette,
      width,
      height,
      pixelRatio,
    });
    sayMoment(this.#canvas, view.tree, view.at);
  }

  #paintStrip(
    { tree, version, domain }: View,
    palette: Palette,
    { width, height, pixelRatio }: { width: number; height: number; pixelRatio: number },
  ): void {
    const key = [tree, version, domain, palette, width, height, pixelRatio];
    if (key.every((value, i) => value === this.#stripKey[i])) return;
    this.#stripKey = key;
    this.#strip.width = this.#canvas.width;
    this.#strip.height = this.#canvas.height;
    const ctx = this.#strip.getContext("2d")!;
    ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.#looks = looksAt(tree, tree.seq, domain, this.#looks);
    const scale = timeScale(tree.seq + 1, width);
    drawStrip(ctx, { tree, looks: this.#looks, scale, palette, width, height });
  }

  #grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#seekTo(event);
  }

  #drag(event: PointerEvent): void {
    if (this.#canvas.hasPointerCapture(event.pointerId)) this.#seekTo(event);
  }

  #seekTo(event: PointerEvent): void {
    const { tree } = useView.getState();
    seek(seqAt(timeScale(tree.seq + 1, this.#canvas.clientWidth), event.offsetX));
  }
}

const KEYS: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => stepEvent(-1),
  ArrowDown: () => stepEvent(-1),
  ArrowRight: () => stepEvent(1),
  ArrowUp: () => stepEvent(1),
  PageDown: () => stepRound(-1),
  PageUp: () => stepRound(1),
  Home: () => seek(0),
  End: goLive,
};

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const act = KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}

/** Says the moment to those who do not see the strip. */
function sayMoment(canvas: HTMLCanvasElement, tree: Tree, at: number): void {
  canvas.ariaValueMin = "0";
  canvas.ariaValueMax = String(Math.max(tree.seq, 0));
  canvas.ariaValueNow = String(Math.max(at, 0));
  canvas.ariaValueText = momentWords(tree, at);
}
