export type ScaleEnd = "low" | "high";

/** The ends of the colour scale are at least this far apart. */
export const NARROWEST = 0.05;

/** The domain after one end was moved to `to`: within [0, 1], and never narrower than 0.05. */
export function moveEnd(
  [low, high]: readonly [number, number],
  end: ScaleEnd,
  to: number,
): readonly [number, number] {
  const rounded = Math.round(to * 100) / 100;
  return end === "low"
    ? [clamp(rounded, 0, Math.max(0, high - NARROWEST)), high]
    : [low, clamp(rounded, Math.min(1, low + NARROWEST), 1)];
}

/** Where a key moves an end of the scale; `null` if the key is not for it. */
export function nudge(key: string, value: number): number | "reset" | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return value - 0.01;
    case "ArrowRight":
    case "ArrowUp":
      return value + 0.01;
    case "PageDown":
      return value - 0.1;
    case "PageUp":
      return value + 0.1;
    case "Home":
      return 0;
    case "End":
      return 1;
    case "Delete":
      return "reset";
    default:
      return null;
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
