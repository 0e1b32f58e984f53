import type { Cell, Duration, Frames, Sample } from "./measure-cell.ts";
import { median, rounded } from "./percentile.ts";

/**
 * What is known of one cell: medians over its samples, ms. The first three figures
 * are thread times: CPU time of the browser's busiest thread.
 */
export interface Row extends Cell {
  readonly firstPaintMs: number | null;
  /** Mean of panning and zooming. */
  readonly frameMs: number | null;
  /** 100 nodes, until they are painted. */
  readonly addMs: number | null;
  readonly panMs?: number;
  readonly zoomMs?: number;
  /** Wall times. */
  readonly firstPaintWallMs?: number;
  readonly addWallMs?: number;
  /** 95th percentile of the wall time from one frame to the next, the worse of panning and zooming. */
  readonly frameP95Ms?: number;
  readonly panP95Ms?: number;
  readonly zoomP95Ms?: number;
  /** CPU time of all threads together. */
  readonly firstPaintCpuMs?: number;
  readonly panCpuMs?: number;
  readonly zoomCpuMs?: number;
  readonly addCpuMs?: number;
  /** Only ours: folding the log, which is not part of its first paint. */
  readonly foldMs?: number;
  /** Share of the pixels of the view that are not paper, and that as a multiple of ours. */
  readonly ink?: number;
  readonly inkRatio?: number;
  /** The picture is not like ours: its ink is below a third or above three times ours. */
  readonly unequal?: true;
  /** Browsers that measured it. */
  readonly n: number;
  /** Why figures are missing. */
  readonly failed?: string;
  readonly commit: string;
}

/** Pictures with less than this share of our ink are blank. */
const BLANK = 0.05;
const UNEQUAL = 3;

/** The row of a cell; `ourInk` is what its picture is compared with, null if that is not known. */
export function summarize(
  cell: Cell,
  samples: readonly Sample[],
  { ourInk, commit }: { ourInk: number | null; commit: string },
): Row {
  const paints = samples.flatMap(({ paint }) => paint ?? []);
  const inks = samples.flatMap(({ ink }) => ink ?? []);
  const ink = inks.length > 0 ? median(inks) : undefined;
  const inkRatio = ink === undefined || ourInk === null ? undefined : ink / ourInk;
  const failed = failureOf(samples, inkRatio);
  const common = { ...cell, n: samples.length, commit };
  const inkFields = {
    ...(ink !== undefined && { ink: rounded(ink) }),
    ...(inkRatio !== undefined && { inkRatio: rounded(inkRatio) }),
  };
  if (paints.length === 0 || failed === "blank") {
    const reason = { failed: failed ?? "no sample" };
    return { ...common, firstPaintMs: null, frameMs: null, addMs: null, ...inkFields, ...reason };
  }
  const paint = medianDuration(paints)!;
  const add = medianDuration(samples.flatMap(({ adds }) => medianDuration(adds) ?? []));
  const folds = samples.flatMap(({ foldMs }) => foldMs ?? []);
  const isUnequal = inkRatio !== undefined && (inkRatio < 1 / UNEQUAL || inkRatio > UNEQUAL);
  return {
    ...common,
    firstPaintMs: rounded(paint.thread),
    ...framesOf(samples),
    addMs: add === undefined ? null : rounded(add.thread),
    firstPaintWallMs: rounded(paint.wall),
    firstPaintCpuMs: rounded(paint.cpu),
    ...(add !== undefined && { addWallMs: rounded(add.wall), addCpuMs: rounded(add.cpu) }),
    ...(folds.length > 0 && { foldMs: rounded(median(folds)) }),
    ...inkFields,
    ...(isUnequal && { unequal: true as const }),
    ...(failed !== undefined && { failed }),
  };
}

/** Why some of its samples are not complete. */
function failureOf(samples: readonly Sample[], inkRatio: number | undefined): string | undefined {
  if (inkRatio !== undefined && inkRatio < BLANK) return "blank";
  return samples.find(({ failed }) => failed !== undefined)?.failed;
}

type FrameFields = Pick<
  Row,
  | "frameMs"
  | "panMs"
  | "zoomMs"
  | "frameP95Ms"
  | "panP95Ms"
  | "zoomP95Ms"
  | "panCpuMs"
  | "zoomCpuMs"
>;

function framesOf(samples: readonly Sample[]): FrameFields {
  const pans = samples.flatMap(({ pan }) => pan ?? []);
  const zooms = samples.flatMap(({ zoom }) => zoom ?? []);
  if (pans.length === 0 || zooms.length === 0) return { frameMs: null };
  const of = (frames: readonly Frames[], pick: (frames: Frames) => number) =>
    median(frames.map(pick));
  const pan = of(pans, ({ thread }) => thread);
  const zoom = of(zooms, ({ thread }) => thread);
  const panP95 = of(pans, ({ p95 }) => p95);
  const zoomP95 = of(zooms, ({ p95 }) => p95);
  return {
    frameMs: rounded((pan + zoom) / 2),
    panMs: rounded(pan),
    zoomMs: rounded(zoom),
    frameP95Ms: rounded(Math.max(panP95, zoomP95)),
    panP95Ms: rounded(panP95),
    zoomP95Ms: rounded(zoomP95),
    panCpuMs: rounded(of(pans, ({ cpu }) => cpu)),
    zoomCpuMs: rounded(of(zooms, ({ cpu }) => cpu)),
  };
}

type Times = Omit<Duration, "threads">;

/** Each clock by itself; undefined of nothing. */
export function medianDuration(durations: readonly Times[]): Times | undefined {
  if (durations.length === 0) return undefined;
  return {
    thread: median(durations.map(({ thread }) => thread)),
    cpu: median(durations.map(({ cpu }) => cpu)),
    wall: median(durations.map(({ wall }) => wall)),
  };
}
