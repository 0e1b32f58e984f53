import type { NodeId } from "../../protocol/events.ts";
import type { CameraView } from "./camera.ts";

/** What of the view a link holds. What is left out of a link is the default, null here. */
export interface LinkedView {
  readonly run: string | null;
  readonly node: NodeId | null;
  /** Seq that is shown; null: the newest. */
  readonly at: number | null;
  /** null: the camera follows the tree. */
  readonly camera: CameraView | null;
}

export const NO_VIEW: LinkedView = { run: null, node: null, at: null, camera: null };

/** Largest seq or node id that a link can name. */
const MAX_ID = 2_147_483_647;
/** Scales that a camera can have. */
const SCALES = { min: 1e-6, max: 1e4 };

/**
 * Reads the query of a link. Each part that makes no sense is left out, because
 * links are typed and cut by people and the rest still says something.
 */
export function parseLink(query: string): LinkedView {
  const search = new URLSearchParams(query);
  const run = search.get("run") || null;
  if (run === null) return NO_VIEW;
  return {
    run,
    node: parseId(search.get("node")),
    at: parseId(search.get("at")),
    camera: parseCamera(search.get("x"), search.get("y"), search.get("k")),
  };
}

/** Writes a query, with its `?`; empty for the default view. */
export function formatLink({ run, node, at, camera }: LinkedView): string {
  if (run === null) return "";
  const search = new URLSearchParams({ run });
  if (node !== null) search.set("node", String(node));
  if (at !== null) search.set("at", String(at));
  if (camera !== null) {
    search.set("x", rounded(camera.column));
    search.set("y", rounded(camera.row));
    search.set("k", `${rounded(camera.across)}x${rounded(camera.rowPx)}`);
  }
  return `?${search}`;
}

function parseId(text: string | null): number | null {
  if (text === null || !/^\d{1,10}$/.test(text)) return null;
  const id = Number(text);
  return id <= MAX_ID ? id : null;
}

function parseCamera(x: string | null, y: string | null, k: string | null): CameraView | null {
  const [across, rowPx, ...rest] = (k ?? "").split("x").map(parseNumber);
  const column = parseNumber(x ?? "");
  const row = parseNumber(y ?? "");
  if (column === null || row === null || rest.length > 0) return null;
  if (!isScale(across) || !isScale(rowPx)) return null;
  return { column, row, across, rowPx };
}

function parseNumber(text: string): number | null {
  return /^-?\d{1,9}(\.\d{1,12})?$/.test(text) ? Number(text) : null;
}

function isScale(value: number | null | undefined): value is number {
  return typeof value === "number" && value >= SCALES.min && value <= SCALES.max;
}

/** To six significant digits: less than a pixel anywhere. */
function rounded(value: number): string {
  const digits = Math.max(0, 5 - Math.floor(Math.log10(Math.max(Math.abs(value), 1e-6))));
  const text = value.toFixed(Math.min(digits, 12));
  return text.includes(".") ? text.replace(/\.?0+$/, "").replace(/^-0$/, "0") : text;
}
