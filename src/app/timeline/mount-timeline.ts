import { momentWords } from "../panels/transport/moment-words.ts";
import { useView, type View } from "../state/view.ts";
import { onDisplayChange, shownPalette, sizeCanvas } from "../tree/display.ts";
import { addBrushHandles, type BrushHandles } from "./brush-handles.ts";
import { nodePlace } from "./draw-strip.ts";
import { drawTimeline } from "./draw-timeline.ts";
import { addReadout } from "./readout.ts";
import { StripCache } from "./strip-cache.ts";
import { type TimeScale, timeScale } from "./time-scale.ts";
import { onTimelineKey } from "./timeline-keys.ts";
import { listenToTimelinePointer } from "./timeline-pointer.ts";

/**
 * Gives a canvas the timeline of the run on screen: draws on change, scrubs and
 * selects ranges, and is a slider for keyboards and screen readers. Returns what
 * takes it away.
 */
export function mountTimeline(canvas: HTMLCanvasElement): () => void {
  const timeline = new Timeline(canvas);
  return () => timeline.remove();
}

class Timeline {
  readonly #canvas: HTMLCanvasElement;
  readonly #ctx: CanvasRenderingContext2D;
  readonly #strip = new StripCache();
  readonly #handles: BrushHandles;
  readonly #undo: (() => void)[] = [];
  /** The view that was drawn last. */
  #drawn: View | null = null;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#ctx = canvas.getContext("2d")!;
    const stop = new AbortController();
    const { signal } = stop;
    const scaleNow = () => this.#scaleNow();
    addReadout(canvas, { scaleNow, signal });
    this.#handles = addBrushHandles(canvas, scaleNow);
    listenToTimelinePointer(canvas, { scaleNow, signal });
    canvas.addEventListener("keydown", onTimelineKey, { signal });
    this.#undo.push(
      () => stop.abort(),
      () => this.#handles.remove(),
      onDisplayChange(canvas, () => this.#invalidate()),
      useView.subscribe((view, before) => {
        if (SHOWN.some((field) => view[field] !== before[field])) this.#invalidate();
      }),
    );
    this.#invalidate();
  }

  remove(): void {
    for (const undo of this.#undo) undo();
    cancelAnimationFrame(this.#frame);
  }

  #invalidate(): void {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #scaleNow(): TimeScale {
    return timeScale(useView.getState().tree.seq + 1, this.#canvas.clientWidth);
  }

  #draw(): void {
    this.#frame = 0;
    const size = sizeCanvas(this.#canvas);
    if (size.width === 0 || size.height === 0) return;
    const view = useView.getState();
    const { tree, at, fresh, brush, selected } = view;
    const palette = shownPalette(view.theme);
    const { places, isComplete } = this.#strip.update(view, palette, size);
    drawTimeline(this.#ctx, {
      strip: this.#strip.canvas,
      scale: places.scale,
      at,
      fresh,
      brush,
      selected:
        selected === null ? null : nodePlace(tree, this.#strip.grid, { places, node: selected }),
      palette,
      ...size,
    });
    this.#handles.place(brush, tree, places.scale);
    this.#sayMoment(view);
    if (!isComplete) this.#invalidate();
  }

  /** Says the moment to those who do not see the strip. */
  #sayMoment(view: View): void {
    const { tree, version, at } = view;
    const drawn = this.#drawn;
    this.#drawn = view;
    if (drawn?.tree === tree && drawn.version === version && drawn.at === at) return;
    const canvas = this.#canvas;
    canvas.ariaValueMin = "0";
    canvas.ariaValueMax = String(Math.max(tree.seq, 0));
    canvas.ariaValueNow = String(Math.max(at, 0));
    canvas.ariaValueText = momentWords(tree, at);
  }
}

/** What of the view the timeline shows. */
const SHOWN = [
  "tree",
  "version",
  "at",
  "fresh",
  "brush",
  "selected",
  "theme",
  "domain",
] as const satisfies readonly (keyof View)[];
