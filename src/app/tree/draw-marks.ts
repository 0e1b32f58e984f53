import type { Viewport } from "./camera.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { glyphSize, traceFan } from "./glyph-shape.ts";
import { columnOf, type Ground, isFolded, isGroup, isMerged } from "./ground.ts";
import { dimmed, HOLLOW, isAnswer, isPruned, KIND, KINDS, lookOf } from "./looks.ts";
import type { Palette } from "./palette.ts";
import { columnLeft, columnPx, type Geometry } from "./scene.ts";
import { SCORE_COLORS, SCORE_STEPS } from "./score-color.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/** Opacity of marks that are not what the reader looks for, as a share. */
export const DIM = 0.22;

/** Marks of all items in view: dimmed ones first, by kind from the least to the most important, by colour within. */
export function drawMarks(
  ctx: DrawingContext,
  scene: Ground,
  geometry: Geometry,
  visible: VisibleNodes,
): void {
  drawLayer({ ctx, scene, geometry, isDim: true }, visible);
  drawLayer({ ctx, scene, geometry, isDim: false }, visible);
  ctx.globalAlpha = 1;
}

interface Layer {
  readonly ctx: DrawingContext;
  readonly scene: Ground;
  readonly geometry: Geometry;
  /** Whether it is what the reader does not look for. */
  readonly isDim: boolean;
}

function drawLayer(layer: Layer, visible: VisibleNodes): void {
  const { geometry, isDim } = layer;
  for (let kind = KIND.sampling; kind < KINDS.length; kind++) {
    const mark = { ...layer, kind };
    const first = visible.start[lookIn(mark, 0)]!;
    const end = visible.start[lookIn(mark, HOLLOW) + 1]!;
    if (first === end) continue;
    if (geometry.dense) edgeDense(mark, visible, first, end);
    for (let color = 0; color <= HOLLOW; color++) {
      fillMarks(mark, visible, lookIn(mark, color), color);
    }
    if (geometry.dense) continue;
    outlineMarks(mark, visible, first, end);
    if (isAnswer(kind) && !isDim) drawVerdicts(mark, visible);
  }
}

interface MarkGroup extends Layer {
  readonly kind: number;
}

function lookIn({ kind, isDim }: MarkGroup, color: number): number {
  const look = lookOf(kind, color);
  return isDim ? dimmed(look) : look;
}

/** Opacity, which is less for what is dimmed. */
function strength({ isDim }: MarkGroup, alpha: number): number {
  return isDim ? alpha * DIM : alpha;
}

/** Rows below which nodes in the running are drawn larger, so that their colour can be seen. */
const SMALL_ROWS = 12.5;

/** Radius as a share of the common one: what is out of the running or not there yet is smaller. */
function sizeOf(kind: number, { row }: Geometry): number {
  if (kind === KIND.sampling) return 0.62;
  if (isPruned(kind)) return isAnswer(kind) ? 0.95 : 0.72;
  return (isAnswer(kind) ? 1.25 : 1) * (row < SMALL_ROWS ? 1.35 : 1);
}

function fillMarks(mark: MarkGroup, visible: VisibleNodes, look: number, color: number): void {
  const first = visible.start[look]!;
  const end = visible.start[look + 1]!;
  if (first === end) return;
  const { ctx, scene, geometry, kind } = mark;
  ctx.globalAlpha = strength(mark, isPruned(kind) ? (geometry.dense ? 0.35 : 0.45) : 1);
  if (geometry.dense) {
    ctx.fillStyle = color === HOLLOW ? scene.palette.outline : SCORE_COLORS[color]!;
    fillDense(mark, visible, first, end, 0);
    return;
  }
  ctx.fillStyle = color === HOLLOW ? scene.palette.paper : SCORE_COLORS[color]!;
  if (color === HOLLOW) ctx.globalAlpha = 1;
  ctx.beginPath();
  traceMarks(mark, visible, first, end, !isPruned(kind));
  ctx.fill();
  if (!isPruned(kind)) fillOpenGlyphs(mark, visible, first, end);
}

/** A folded item with something alive in it fades out: it is not closed yet. */
function fillOpenGlyphs(mark: MarkGroup, visible: VisibleNodes, first: number, end: number): void {
  const { ctx, scene, geometry } = mark;
  if (scene.stands === null) return;
  const color = ctx.fillStyle as string;
  for (let i = first; i < end; i++) {
    const item = visible.nodes[i]!;
    if (!isFolded(scene, item)) continue;
    const column = columnOf(scene, item);
    const x = columnLeft(geometry, column);
    const y = geometry.y + scene.row[item]! * geometry.row;
    const size = glyphSize(scene.size![item]!, geometry.row, columnPx(geometry, column));
    const fade = ctx.createLinearGradient(x, y, x + size.width, y);
    fade.addColorStop(0.2, color);
    fade.addColorStop(1, scene.palette.paper);
    ctx.fillStyle = fade;
    ctx.beginPath();
    traceFan(ctx, x, y, size);
    ctx.fill();
  }
}

/** What the outline is to a mark, two sides of it, is to a bar. */
function edgeDense(mark: MarkGroup, visible: VisibleNodes, first: number, end: number): void {
  const { ctx, scene, kind } = mark;
  ctx.globalAlpha = strength(mark, isPruned(kind) ? 0.25 : 1);
  ctx.fillStyle = outlineColor(kind, scene.palette);
  fillDense(mark, visible, first, end, 2);
}

/** Bars that together make a strip of each column; answers are wider, so that they are found. */
function fillDense(
  { ctx, scene, geometry, kind }: MarkGroup,
  visible: VisibleNodes,
  first: number,
  end: number,
  grow: number,
): void {
  const height = Math.min(Math.max(geometry.row * 0.85, 1), HIGHEST_BAR);
  for (let i = first; i < end; i++) {
    const node = visible.nodes[i]!;
    const column = columnOf(scene, node);
    const x = columnLeft(geometry, column);
    const y = geometry.y + scene.row[node]! * geometry.row;
    const width = barWidth(geometry, column) * (isAnswer(kind) ? 1.4 : 1) + grow;
    ctx.fillRect(x - width / 2, y - height / 2, width, height);
  }
}

/** Highest bar, CSS px: rows are high where only columns are narrow. */
export const HIGHEST_BAR = 6;

/** Wide enough for its colour to be seen, as far as the column allows. */
export function barWidth(geometry: Geometry, column: number): number {
  return Math.min(Math.max(columnPx(geometry, column) * 0.13, 1.5), 10);
}

function traceMarks(
  { ctx, scene, geometry, kind }: MarkGroup,
  visible: VisibleNodes,
  first: number,
  end: number,
  leavesGlyphs = false,
): void {
  const isSquare = isAnswer(kind);
  for (let i = first; i < end; i++) {
    const node = visible.nodes[i]!;
    const column = columnOf(scene, node);
    const x = columnLeft(geometry, column);
    const y = geometry.y + scene.row[node]! * geometry.row;
    if (isFolded(scene, node)) {
      if (leavesGlyphs) continue;
      const size = glyphSize(scene.size![node]!, geometry.row, columnPx(geometry, column));
      traceFan(ctx, x, y, size);
      // What is folded into a node hangs on the node's own mark.
      if (isGroup(scene, node)) continue;
    }
    const grown = scene.growth === null ? 1 : scene.growth[node]!;
    const radius = geometry.radius * sizeOf(kind, geometry) * grown;
    if (isMerged(scene, node)) traceMark(ctx, x + STACKED, y - STACKED, radius, isSquare);
    traceMark(ctx, x, y, radius, isSquare);
  }
}

/** How far the second of two marks that lie on each other is moved, CSS px. */
const STACKED = 2.5;

function traceMark(
  ctx: DrawingContext,
  x: number,
  y: number,
  radius: number,
  isSquare: boolean,
): void {
  if (isSquare) {
    ctx.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  } else {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

const PLACEHOLDER_DASH = [2, 2];
const SOLID: number[] = [];

function outlineMarks(mark: MarkGroup, visible: VisibleNodes, first: number, end: number): void {
  const { ctx, scene, geometry, kind } = mark;
  const isKept = kind === KIND.kept || kind > KIND.prunedRight;
  ctx.globalAlpha = strength(mark, isPruned(kind) ? 0.7 : 1);
  ctx.strokeStyle = outlineColor(kind, scene.palette);
  ctx.lineWidth = isKept && geometry.row >= SMALL_ROWS ? 1.5 : 1;
  if (kind === KIND.sampling) ctx.setLineDash(PLACEHOLDER_DASH);
  ctx.beginPath();
  traceMarks(mark, visible, first, end);
  ctx.stroke();
  ctx.setLineDash(SOLID);
}

export function outlineColor(kind: number, palette: Palette): string {
  switch (kind) {
    case KIND.kept:
    case KIND.unknownAnswer:
      return palette.ink;
    case KIND.rightAnswer:
    case KIND.prunedRight:
      return palette.right;
    case KIND.wrongAnswer:
    case KIND.prunedWrong:
      return palette.wrong;
    default:
      return palette.outline;
  }
}

/** Colours from here on are light enough to write on them in black. */
const FIRST_LIGHT_COLOR = Math.round(SCORE_STEPS * 0.55);

/** A check mark or a cross inside the square of an answer that was graded. */
function drawVerdicts(mark: MarkGroup, visible: VisibleNodes): void {
  const { kind, ctx, scene } = mark;
  const { start } = visible;
  if (kind === KIND.unknownAnswer || kind === KIND.prunedUnknown) return;
  if (mark.geometry.radius < 3.5) return;
  const firstDark = start[lookOf(kind, 0)]!;
  const firstLight = start[lookOf(kind, FIRST_LIGHT_COLOR)]!;
  const firstHollow = start[lookOf(kind, HOLLOW)]!;
  const end = start[lookOf(kind, HOLLOW) + 1]!;
  ctx.lineCap = "round";
  ctx.lineWidth = 1.6;
  ctx.globalAlpha = isPruned(kind) ? 0.8 : 1;
  strokeVerdicts(mark, visible, firstDark, firstLight, isPruned(kind) ? scene.palette.ink : "#fff");
  strokeVerdicts(
    mark,
    visible,
    firstLight,
    firstHollow,
    isPruned(kind) ? scene.palette.ink : "#111",
  );
  strokeVerdicts(mark, visible, firstHollow, end, scene.palette.ink);
  ctx.lineCap = "butt";
}

function strokeVerdicts(
  { ctx, scene, geometry, kind }: MarkGroup,
  visible: VisibleNodes,
  first: number,
  end: number,
  color: string,
): void {
  if (first === end) return;
  const half = geometry.radius * sizeOf(kind, geometry) * 0.55;
  const isRight = kind === KIND.rightAnswer || kind === KIND.prunedRight;
  ctx.beginPath();
  for (let i = first; i < end; i++) {
    const node = visible.nodes[i]!;
    const x = columnLeft(geometry, columnOf(scene, node));
    const y = geometry.y + scene.row[node]! * geometry.row;
    if (isRight) traceCheck(ctx, { x, y }, half, geometry.viewport.mirror);
    else traceCross(ctx, x, y, half);
  }
  ctx.strokeStyle = color;
  ctx.stroke();
}

/** A check mark, turned back where it is seen in a mirror. */
function traceCheck(
  ctx: DrawingContext,
  { x, y }: { readonly x: number; readonly y: number },
  half: number,
  mirror: Viewport["mirror"],
): void {
  const right = mirror === "across" ? -half : half;
  const down = mirror === "down" ? -half : half;
  ctx.moveTo(x - right, y + down * 0.05);
  ctx.lineTo(x - right * 0.25, y + down * 0.8);
  ctx.lineTo(x + right, y - down * 0.75);
}

function traceCross(ctx: DrawingContext, x: number, y: number, half: number): void {
  const reach = half * 0.8;
  ctx.moveTo(x - reach, y - reach);
  ctx.lineTo(x + reach, y + reach);
  ctx.moveTo(x - reach, y + reach);
  ctx.lineTo(x + reach, y - reach);
}
