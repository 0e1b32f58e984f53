import type { Theme } from "../state/view.ts";
import type { Viewport } from "./camera.ts";
import type { Backdrop, Painting } from "./draw-backdrop.ts";
import { PictureSheet } from "./picture-sheet.ts";
import type { Scales } from "./scene.ts";
import type { Picture, PictureFrame, PictureRequest } from "./view-messages.ts";

/** What is in a picture; two that are equal show the same, from the same camera. */
export interface Contents {
  /** Identity of the placement, null for one that is to come; a number for the looks; identity of the columns. */
  readonly placement: unknown;
  readonly looks: number;
  readonly columnX: Float64Array;
  readonly theme: Exclude<Theme, "system">;
}

/** What a page looks at. */
export interface Sight {
  readonly scales: Scales;
  readonly viewport: Viewport;
  readonly pixelRatio: number;
  /** Whether the camera follows the tree; if not, it is moved by hand, and more than what is in view is worth drawing. */
  readonly following: boolean;
}

/** A picture that was asked for: the view that all that is shown fits into; null: it is as the camera was. */
interface Asked {
  readonly slot: "crisp" | "base";
  readonly fits: Viewport | null;
}

interface Shot {
  readonly picture: Painting;
  readonly fits: Viewport | null;
  readonly contents: Contents;
  /** When it was taken, ms. */
  readonly time: number;
}

/** What is drawn around the view, as a share of its size on each side. */
const PAD = 0.2;
/** The picture of the whole tree is out of date for no longer than this, ms. */
const BASE_MS = 400;
/** While a hand moves the camera, the picture that it moves is drawn anew this often at most, ms. */
export const REST_MS = 90;

/** Keeps the pictures that stand for a dense tree, and says which are to be drawn next. */
export class PictureKeeper {
  #crisp: Shot | null = null;
  #base: Shot | null = null;
  /** Which of them were asked for, in the order of the answer, and what is to be in them. */
  #asked: readonly Asked[] = [];
  #askedContents: Contents | null = null;
  readonly #sheets = { crisp: new PictureSheet(), base: new PictureSheet() };
  #isAwaited = false;
  #isPutOff = false;

  get backdrop(): Backdrop {
    return { crisp: this.#crisp?.picture ?? null, base: this.#base?.picture ?? null };
  }

  get isEmpty(): boolean {
    return this.#crisp === null && this.#base === null;
  }

  /** Whether a picture was asked for that has not come yet. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Whether a picture is worth drawing, but not yet: within `REST_MS` it is. */
  get isPutOff(): boolean {
    return this.#isPutOff;
  }

  /** The pictures that are missing or out of date at `time`, ms. */
  missing(sight: Sight, contents: Contents, time: number): PictureRequest[] {
    const { columnX, theme } = contents;
    const { viewport, following } = sight;
    const isUpToDate = isSame(this.#crisp, contents);
    const isNow = isUpToDate && (following ? isFitted : isNear)(this.#crisp!, sight);
    this.#isPutOff = isUpToDate && !isNow && !following && time - this.#crisp!.time < REST_MS;
    const isCrisp = isNow || this.#isPutOff;
    const isBase =
      following ||
      isSame(this.#base, contents) ||
      (!isCrisp && this.#base !== null && time - this.#base.time < BASE_MS);
    const asked: Asked[] = [];
    const requests: PictureRequest[] = [];
    if (!isCrisp) {
      const fits = following ? viewport : null;
      asked.push({ slot: "crisp", fits });
      requests.push({ frame: crispFrame(sight), fits, columnX, theme });
    }
    if (!isBase) {
      asked.push({ slot: "base", fits: viewport });
      requests.push({ frame: baseFrame(sight), fits: viewport, columnX, theme });
    }
    this.#asked = asked;
    this.#askedContents = contents;
    this.#isAwaited = requests.length > 0;
    return requests;
  }

  /** Takes the pictures that were asked for last, of a tree that was so placed by then. Returns the memory that is free again. */
  take(pictures: readonly Picture[], placement: unknown, time: number): ArrayBuffer[] {
    const contents = { ...this.#askedContents!, placement };
    const seen: ArrayBuffer[] = [];
    for (const [i, { frame, image }] of pictures.entries()) {
      const { slot, fits } = this.#asked[i]!;
      const isPixels = "data" in image;
      const picture = { frame, image: isPixels ? this.#sheets[slot].put(image) : image };
      if (isPixels) seen.push(image.data.buffer);
      const shot = { picture, fits, contents, time };
      if (slot === "base") {
        release(this.#base);
        this.#base = shot;
      } else {
        release(this.#crisp);
        this.#crisp = shot;
      }
    }
    if (pictures.length > 0) this.#isAwaited = false;
    return seen;
  }

  forget(): void {
    release(this.#crisp);
    release(this.#base);
    this.#crisp = null;
    this.#base = null;
    this.#isAwaited = false;
  }
}

function release(shot: Shot | null): void {
  if (shot !== null && "close" in shot.picture.image) shot.picture.image.close();
}

function isSame(shot: Shot | null, contents: Contents): boolean {
  if (shot === null) return false;
  const { placement, looks, columnX, theme } = shot.contents;
  return (
    placement === contents.placement &&
    looks === contents.looks &&
    columnX === contents.columnX &&
    theme === contents.theme
  );
}

/**
 * Whether a picture of what is shown now is that of a camera that follows. It is, if it was fitted: what
 * fits follows from what is in it. The bounds that the page knows may be those of the frame before.
 */
function isFitted({ fits, picture }: Shot, { viewport, pixelRatio }: Sight): boolean {
  return (
    fits !== null &&
    fits.width === viewport.width &&
    fits.height === viewport.height &&
    picture.frame.pixelRatio === pixelRatio
  );
}

/** Whether a picture is that of a camera that is moved by hand, with half of its padding left at least. */
function isNear({ picture: { frame } }: Shot, { scales, viewport, pixelRatio }: Sight): boolean {
  if (frame.across !== scales.across || frame.row !== scales.row) return false;
  if (frame.pixelRatio !== pixelRatio) return false;
  const left = frame.left + scales.x - frame.x;
  const top = frame.top + scales.y - frame.y;
  const padX = (viewport.width * PAD) / 2;
  const padY = (viewport.height * PAD) / 2;
  return (
    left <= -padX &&
    top <= -padY &&
    left + frame.width >= viewport.width + padX &&
    top + frame.height >= viewport.height + padY
  );
}

function crispFrame({ scales, viewport, pixelRatio, following }: Sight): PictureFrame {
  const onPixel = (length: number) => Math.ceil(length * pixelRatio) / pixelRatio;
  const padX = following ? 0 : onPixel(viewport.width * PAD);
  const padY = following ? 0 : onPixel(viewport.height * PAD);
  return {
    ...scales,
    left: -padX,
    top: -padY,
    width: onPixel(viewport.width) + 2 * padX,
    height: onPixel(viewport.height) + 2 * padY,
    pixelRatio,
  };
}

/** The whole tree, at half a pixel for each of CSS. */
function baseFrame({ scales, viewport }: Sight): PictureFrame {
  const width = Math.ceil(viewport.width);
  const height = Math.ceil(viewport.height);
  return { ...scales, left: 0, top: 0, width, height, pixelRatio: 0.5 };
}
