import type { CameraView } from "./camera.ts";

/** Largest seq or node id that a link can name. */
const MAX_ID = 2_147_483_647;
/** Scales that a camera can have. */
const SCALES = { min: 1e-6, max: 1e4 };

/** A seq, a node id or another whole number in a link; null for what is none. */
export function parseId(text: string | null): number | null {
  if (text === null || !/^\d{1,10}$/.test(text)) return null;
  const id = Number(text);
  return id <= MAX_ID ? id : null;
}

/** A number as links have it, with a point and without an exponent; null for what is none. */
export function parseNumber(text: string): number | null {
  return /^-?\d{1,9}(\.\d{1,12})?$/.test(text) ? Number(text) : null;
}

/** To six significant digits: less than a pixel anywhere. */
export function rounded(value: number): string {
  const digits = Math.max(0, 5 - Math.floor(Math.log10(Math.max(Math.abs(value), 1e-6))));
  const text = value.toFixed(Math.min(digits, 12));
  return text.includes(".") ? text.replace(/\.?0+$/, "").replace(/^-0$/, "0") : text;
}

/** `column`, `row` and `across x rowPx` of a camera, apart. Null unless all of it makes sense. */
export function parseCamera(
  x: string | null,
  y: string | null,
  k: string | null,
): CameraView | null {
  const [across, rowPx, ...rest] = (k ?? "").split("x").map(parseNumber);
  const column = parseNumber(x ?? "");
  const row = parseNumber(y ?? "");
  if (column === null || row === null || rest.length > 0) return null;
  if (!isScale(across) || !isScale(rowPx)) return null;
  return { column, row, across, rowPx };
}

function isScale(value: number | null | undefined): value is number {
  return typeof value === "number" && value >= SCALES.min && value <= SCALES.max;
}
