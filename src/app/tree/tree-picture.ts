import { SvgContext } from "../export/svg-context.ts";
import { hasMath } from "../math/fill-math.ts";
import type { PictureRequest } from "../state/picture-request.ts";
import { t } from "../words/t.ts";
import { type Bounds, type Camera, fitCamera, NEAREST, type Viewport } from "./camera.ts";
import { cardFormulas } from "./card-formulas.ts";
import { drawTree } from "./draw.ts";
import { drawCards } from "./draw-cards.ts";
import { geometryOf, type Scene } from "./scene.ts";
import { textWidth } from "./text-width.ts";
import { cardsInView, showsCards } from "./tree-cards.ts";
import { countInView } from "./visible.ts";
import { VisibleNodes } from "./visible-nodes.ts";

/** What is drawn, and through which camera. */
export interface Sight {
  readonly camera: Camera;
  readonly viewport: Viewport;
}

/** More marks than this make a file that nothing opens. */
const MOST_MARKS = 50_000;
/** Width of a PNG, device px ("4k"), and what browsers can hold of one. */
const PNG = { width: 3840, side: 16_384, area: 120_000_000 };
/** Height of the strip of headers with its line, CSS px. */
const HEADERS = 55;
/** Of a whole tree, CSS px: a row in which labels can be read, how wide its columns are, and how large it may get. */
const WHOLE = { row: 24, across: 1.25, least: { width: 640, height: 320 }, most: 12_000 };

/** The least row that a whole tree in cards is drawn with, CSS px: a fraction has room below a line of text. */
const LEAST_CARD_ROW = 90;

/**
 * A camera on all of a tree, at a size at which its labels can be read if it is not too
 * large for that. A tree with formulas is in cards, which show them, if it is small enough.
 */
export function wholeTree(scene: Scene, bounds: Bounds, raw: boolean): Sight {
  const near = raw ? null : inCards(bounds);
  if (near !== null && showsFormulas(scene, near)) return near;
  const viewport = {
    width: within(bounds.right * WHOLE.across + 54, WHOLE.least.width),
    height: within((bounds.bottom - bounds.top) * WHOLE.row + 110, WHOLE.least.height),
  };
  return { camera: fitCamera(bounds, viewport), viewport };
}

/** A size of a picture, CSS px. */
function within(size: number, low: number): number {
  return Math.ceil(Math.min(Math.max(size, low), WHOLE.most));
}

/** The same so near that nodes are cards; `null` where that is too large. */
function inCards({ right, top, bottom }: Bounds): Sight | null {
  // Cards stand out half a row above the first row, and below the last one.
  const bounds = { right, top: top - 0.5, bottom: bottom + 0.5 };
  const rows = bounds.bottom - bounds.top;
  const row = Math.floor(Math.min((WHOLE.most - 110) / rows, NEAREST.row));
  const width = right * NEAREST.across + 54;
  if (row < LEAST_CARD_ROW || width > WHOLE.most) return null;
  const viewport = {
    width: within(width, WHOLE.least.width),
    height: within(rows * row + 110, WHOLE.least.height),
  };
  return { camera: fitCamera(bounds, viewport, { across: NEAREST.across, row }), viewport };
}

function showsFormulas(scene: Scene, { camera, viewport }: Sight): boolean {
  const geometry = geometryOf(camera, viewport, scene);
  if (!showsCards(geometry, scene)) return false;
  const visible = new VisibleNodes();
  visible.collect(scene, geometry);
  return cardsInView(scene, geometry, visible, false).some(({ text }) => hasMath(text));
}

/**
 * Draws the tree once more, as shapes or as pixels, without a worker's pictures. Rejects
 * with an `Error` for people if there is more than a file should hold.
 */
export async function treePicture(
  scene: Scene,
  { camera, viewport }: Sight,
  { format, title, raw }: { format: PictureRequest["format"]; title: string; raw: boolean },
): Promise<Blob> {
  const count = countInView(scene, geometryOf(camera, viewport, scene), MOST_MARKS);
  if (count >= MOST_MARKS) {
    throw new Error(
      t("More than {count} marks are too many for a picture: fold, or zoom in.", {
        count: MOST_MARKS,
      }),
    );
  }
  const sight = { camera, viewport };
  if (format === "png") return pngOf(scene, sight, raw);
  const ruler = new OffscreenCanvas(1, 1).getContext("2d")!;
  const svg = new SvgContext((font, text) => textWidth(ruler, font, text));
  await paint(svg.asCanvas, scene, { ...sight, pixelRatio: 1, raw });
  const { width, height } = viewport;
  const text = svg.document(width, height, { paper: scene.palette.paper, title });
  return new Blob([text], { type: "image/svg+xml" });
}

async function pngOf(scene: Scene, sight: Sight, raw: boolean): Promise<Blob> {
  const { width, height } = sight.viewport;
  const pixelRatio = Math.min(
    PNG.width / width,
    PNG.side / Math.max(width, height),
    Math.sqrt(PNG.area / (width * height)),
  );
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * pixelRatio);
  canvas.height = Math.round(height * pixelRatio);
  const ctx = canvas.getContext("2d")!;
  await paint(ctx, scene, { ...sight, pixelRatio, raw });
  // Behind what is drawn, which begins by clearing everything.
  ctx.globalCompositeOperation = "destination-over";
  ctx.fillStyle = scene.palette.paper;
  ctx.fillRect(0, 0, width, height);
  const { promise, resolve } = Promise.withResolvers<Blob | null>();
  canvas.toBlob(resolve, "image/png");
  const blob = await promise;
  if (blob === null) throw new Error(t("This browser has no memory for so large a picture."));
  return blob;
}

async function paint(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  { camera, viewport, pixelRatio, raw }: Sight & { pixelRatio: number; raw: boolean },
): Promise<void> {
  const visible = new VisibleNodes();
  drawTree(ctx, scene, camera, { viewport, pixelRatio, visible, backdrop: null });
  const geometry = geometryOf(camera, viewport, scene);
  if (showsCards(geometry, scene)) {
    const cards = cardsInView(scene, geometry, visible, raw);
    const formulas = await cardFormulas(raw ? [] : cards.map(({ text }) => text));
    // The headers of the columns stay free.
    const top = viewport.mirror === "down" ? 0 : HEADERS;
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, top, viewport.width, viewport.height - HEADERS);
    ctx.clip();
    drawCards(ctx, cards, { palette: scene.palette, formulas });
    ctx.restore();
  }
}
