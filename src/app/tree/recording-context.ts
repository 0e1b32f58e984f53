/** One call of a canvas method, with its numbers. */
export interface Call {
  readonly name: string;
  readonly numbers: readonly number[];
  readonly text: string | null;
  /** What a stroke or a filling is painted with; null for other calls. */
  readonly color: string | null;
  /** CSS px of a stroke; null before it was set. */
  readonly lineWidth: number | null;
}

/**
 * A 2d context that draws nothing and tells what it was asked to draw. With
 * `onCall` left out it does as little as can be done, for benchmarks.
 */
export function recordingContext(onCall?: (call: Call) => void): CanvasRenderingContext2D {
  const methods = new Map<PropertyKey, unknown>();
  const properties = new Map<PropertyKey, unknown>();
  const idle = () => {};
  const colorOf = (name: string): string | null => {
    if (name.startsWith("stroke")) return properties.get("strokeStyle") as string;
    return name.startsWith("fill") ? (properties.get("fillStyle") as string) : null;
  };
  const method =
    (name: string) =>
    (...values: unknown[]) =>
      onCall?.({
        name,
        numbers: values.filter((value) => typeof value === "number"),
        text: typeof values[0] === "string" ? values[0] : null,
        color: colorOf(name),
        lineWidth: (properties.get("lineWidth") as number | undefined) ?? null,
      });
  for (const name of METHODS) methods.set(name, onCall ? method(name) : idle);
  methods.set("measureText", (text: string) => ({ width: text.length * 6 }));
  methods.set("createLinearGradient", () => ({ addColorStop: idle }));
  const context: unknown = new Proxy(Object.create(null), {
    get: (_, name) => properties.get(name) ?? methods.get(name),
    set: (_, name, value) => {
      properties.set(name, value);
      return true;
    },
  });
  return context as CanvasRenderingContext2D;
}

const METHODS = [
  "arc",
  "beginPath",
  "bezierCurveTo",
  "clearRect",
  "closePath",
  "drawImage",
  "fill",
  "fillRect",
  "fillText",
  "lineTo",
  "moveTo",
  "quadraticCurveTo",
  "rect",
  "setLineDash",
  "setTransform",
  "stroke",
  "strokeRect",
  "strokeText",
];
