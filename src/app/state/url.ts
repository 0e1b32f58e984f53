import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { CameraView } from "./camera.ts";
import { LONGEST_QUERY } from "./find.ts";
import { PLACES, type Place } from "./places.ts";
import { type Filter, type Folding, NO_FOLDING, ORDERS, type Order, SIZES } from "./reading.ts";

/** What of the view a link holds. What is left out of a link is the default, in `NO_VIEW`. */
export interface LinkedView {
  readonly run: string | null;
  readonly node: NodeId | null;
  /** Seq that is shown; null: the newest. */
  readonly at: number | null;
  /** null: the camera follows the tree. */
  readonly camera: CameraView | null;
  readonly order: Order;
  /** The node that is drawn as the root. */
  readonly top: NodeId;
  /** Of what was folded and unfolded by hand, the last `MAX_FOLDED` each. */
  readonly folding: Folding;
  /** Text that is looked for; empty: none. */
  readonly find: string;
  /** Scores to four digits. */
  readonly filter: Filter | null;
  readonly brush: readonly [from: number, to: number] | null;
  /** Whether steps are named instead of shown. */
  readonly titles: boolean;
  /** Whether the path is read in the place of the tree. */
  readonly reading: boolean;
  /** What is shown in the place of searches, or those. */
  readonly place: Place;
}

export const NO_VIEW: LinkedView = {
  ...{ run: null, node: null, at: null, camera: null },
  ...{ order: "generated", top: ROOT, folding: NO_FOLDING },
  ...{ find: "", filter: null, brush: null, titles: false, reading: false, place: "search" },
};

/** So many nodes that were folded, and that were unfolded, by hand: a link has to stay short. */
export const MAX_FOLDED = 100;

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
  const place = oneOf(PLACES, search.get("page")) ?? NO_VIEW.place;
  if (run === null) return { ...NO_VIEW, place };
  return {
    place,
    run,
    node: parseId(search.get("node")),
    at: parseId(search.get("at")),
    camera: parseCamera(search.get("x"), search.get("y"), search.get("k")),
    order: oneOf(ORDERS, search.get("order")) ?? NO_VIEW.order,
    top: parseId(search.get("top")) ?? ROOT,
    folding: {
      dead: oneOf(["auto", "on", "off"], search.get("dead")) ?? NO_FOLDING.dead,
      least: parseId(search.get("least")) ?? 0,
      by: oneOf(SIZES, search.get("by")) ?? NO_FOLDING.by,
      folded: parseNodes(search.get("folded")),
      unfolded: parseNodes(search.get("unfolded")),
    },
    find: (search.get("find") ?? "").slice(0, LONGEST_QUERY),
    filter: parseFilter(search.get("scores"), search.get("only")),
    brush: parseBrush(search.get("brush")),
    titles: search.get("titles") === "1",
    reading: search.get("read") === "1",
  };
}

/** Writes a query, with its `?`; empty for the default view. */
export function formatLink(view: LinkedView): string {
  const { run, node, at, camera } = view;
  const search = new URLSearchParams();
  const put = (name: string, value: string | number | null) => {
    if (value !== null && value !== "") search.set(name, String(value));
  };
  put("page", unless(NO_VIEW.place, view.place));
  if (run === null) return search.size === 0 ? "" : `?${search}`;
  put("run", run);
  put("node", node);
  put("at", at);
  if (camera !== null) {
    put("x", rounded(camera.column));
    put("y", rounded(camera.row));
    put("k", `${rounded(camera.across)}x${rounded(camera.rowPx)}`);
  }
  put("order", unless(NO_VIEW.order, view.order));
  put("top", unless(ROOT, view.top));
  const { dead, least, by, folded, unfolded } = view.folding;
  put("dead", unless(NO_FOLDING.dead, dead));
  put("least", unless(0, least));
  put("by", unless(NO_FOLDING.by, by));
  put("folded", formatNodes(folded));
  put("unfolded", formatNodes(unfolded));
  put("find", view.find);
  put("scores", view.filter?.scores?.map(shortScore).join("-") ?? null);
  put("only", [...(view.filter?.statuses ?? [])].join("."));
  put("brush", view.brush?.join("-") ?? null);
  put("titles", view.titles ? 1 : null);
  put("read", view.reading ? 1 : null);
  return `?${search}`;
}

function unless<T>(usual: T, value: T): T | null {
  return value === usual ? null : value;
}

function oneOf<T extends string>(names: readonly T[], text: string | null): T | undefined {
  return names.find((name) => name === text);
}

/** Nodes that were folded by hand, the last ones if there are many. */
function formatNodes(nodes: ReadonlySet<NodeId>): string {
  return [...nodes].slice(-MAX_FOLDED).join(".");
}

function parseNodes(text: string | null): ReadonlySet<NodeId> {
  const parts = (text ?? "").split(".").slice(0, MAX_FOLDED);
  return new Set(parts.map(parseId).filter((node) => node !== null));
}

const STATUSES = ["open", "kept", "pruned", "right", "wrong", "unknown"] as const;

function parseFilter(scores: string | null, only: string | null): Filter | null {
  const names = (only ?? "").split(".");
  const statuses = new Set(STATUSES.filter((status) => names.includes(status)));
  const [low, high, ...rest] = (scores ?? "").split("-").map(parseNumber);
  const isRange =
    typeof low === "number" && typeof high === "number" && low <= high && rest.length === 0;
  if (!isRange && statuses.size === 0) return null;
  return { scores: isRange ? [low, high] : null, statuses };
}

function parseBrush(text: string | null): readonly [number, number] | null {
  const [from = null, to = null, ...rest] = (text ?? "").split("-").map(parseId);
  return from === null || to === null || from > to || rest.length > 0 ? null : [from, to];
}

/** To four digits after the point. */
function shortScore(score: number): string {
  return String(Math.round(score * 1e4) / 1e4);
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
