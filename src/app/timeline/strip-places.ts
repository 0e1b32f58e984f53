import type { EventGrid } from "./event-grid.ts";
import { eventX, type TimeScale } from "./time-scale.ts";

/** Room for the numbers of the rounds above the cells, CSS px. */
const TICKS_HEIGHT = 14;
/** Room below the cells, CSS px. */
export const BOTTOM = 5;
/** Highest row, CSS px. */
const HIGHEST = 10;

/** Where rows and events are on a strip, CSS px. */
export interface StripPlaces {
  readonly scale: TimeScale;
  readonly width: number;
  readonly height: number;
  /** Rows of the grid that share a row of the strip: more than one if the grid has more rows than there are pixels. */
  readonly rowsTogether: number;
  readonly rowHeight: number;
  /** What is filled of a row: thin rows touch, higher ones have a gap. */
  readonly cellHeight: number;
}

export function stripPlaces(
  grid: EventGrid,
  { scale, width, height }: { scale: TimeScale; width: number; height: number },
): StripPlaces {
  const room = Math.max(height - TICKS_HEIGHT - BOTTOM, 1);
  const rows = Math.max(grid.usedRows, 1);
  const rowsTogether = Math.ceil(rows / room);
  const rowHeight = Math.min(room / Math.ceil(rows / rowsTogether), HIGHEST);
  const cellHeight = rowHeight > 3 ? rowHeight - 1 : rowHeight;
  return { scale, width, height, rowsTogether, rowHeight, cellHeight };
}

/** Top of a row of the grid. */
export function rowTop({ rowsTogether, rowHeight }: StripPlaces, row: number): number {
  return TICKS_HEIGHT + Math.floor(row / rowsTogether) * rowHeight;
}

/** Middle of what happened at an event, at a depth from 1 on. */
export function placeOf(
  places: StripPlaces,
  grid: EventGrid,
  { seq, depth }: { seq: number; depth: number },
): readonly [x: number, y: number] {
  return [
    eventX(places.scale, seq + 0.5),
    rowTop(places, grid.rowOf(depth)) + places.cellHeight / 2,
  ];
}
