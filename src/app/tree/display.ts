import type { Theme } from "../state/view.ts";
import { type Palette, paletteOf } from "./palette.ts";

const DARK = "(prefers-color-scheme: dark)";
const PRINT = "print";
const STILL = "(prefers-reduced-motion: reduce)";

/** Whether the system wants dark colours. */
export function prefersDark(): boolean {
  return matchMedia(DARK).matches;
}

/** Whether the browser has said that it is about to print. */
let isPrinting = false;

/** Whether what is drawn goes on paper, which is light whatever the theme. */
export function isOnPaper(): boolean {
  return isPrinting || matchMedia(PRINT).matches;
}

/** The palette to draw in: that of a theme, on paper the light one. */
export function shownPalette(theme: Theme): Palette {
  return paletteOf(isOnPaper() ? "light" : theme, prefersDark());
}

/** Whether the system wants no motion. */
export function prefersStillness(): boolean {
  return matchMedia(STILL).matches;
}

/**
 * Calls `listener` whenever a canvas has to be drawn anew for what it is shown
 * on: size, device pixels, colours, motion, paper. A page is printed as it stands when the
 * listener returns, without another frame. Returns what ends that.
 */
export function onDisplayChange(canvas: HTMLCanvasElement, listener: () => void): () => void {
  const stop = new AbortController();
  for (const query of [DARK, STILL, PRINT]) {
    matchMedia(query).addEventListener("change", listener, { signal: stop.signal });
  }
  for (const type of ["beforeprint", "afterprint"] as const) {
    window.addEventListener(
      type,
      () => {
        isPrinting = type === "beforeprint";
        listener();
      },
      { signal: stop.signal },
    );
  }
  const watchPixels = () => {
    // A query names one resolution, so it is renewed after every change.
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      "change",
      () => {
        watchPixels();
        listener();
      },
      { once: true, signal: stop.signal },
    );
  };
  watchPixels();
  const resizes = new ResizeObserver(listener);
  resizes.observe(canvas);
  return () => {
    stop.abort();
    resizes.disconnect();
  };
}

/** Gives a canvas as many pixels as the device has for it. Changing them clears it. */
export function sizeCanvas(canvas: HTMLCanvasElement): {
  width: number;
  height: number;
  pixelRatio: number;
} {
  const { clientWidth: width, clientHeight: height } = canvas;
  const pixelRatio = devicePixelRatio;
  const deviceWidth = Math.round(width * pixelRatio);
  const deviceHeight = Math.round(height * pixelRatio);
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
  return { width, height, pixelRatio };
}
