import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { Judge } from "../../protocol/tree.ts";
import { formatStoryPlace, parseStoryPlace, type StoryPlace } from "../stories/story-place.ts";
import type { CameraView } from "./camera.ts";
import { type ComparedView, formatCompared, NO_COMPARISON, parseCompared } from "./compared.ts";
import { type EvaluatedView, formatEvaluated, NO_EVALUATION, parseEvaluated } from "./evaluated.ts";
import { LONGEST_QUERY } from "./find.ts";
import { formatJudging, type Judging, NO_JUDGING, parseJudging } from "./judging.ts";
import { parseCamera, parseId, parseNumber, rounded } from "./link-numbers.ts";
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
  /** Whether steps are shown as they are written, without mathematics. */
  readonly raw: boolean;
  /** Whose scores are shown, where there are two verifiers. */
  readonly colorBy: Judge;
  /** Scores at the two ends of the colour scale, to four digits. */
  readonly domain: readonly [low: number, high: number];
  /** The two judges whose mirrored trees are shown; nothing of them while none are. */
  readonly judging: Judging;
  /** Whether the path is read in the place of the tree. */
  readonly reading: boolean;
  /** The page of a story that is told beside it. */
  readonly story: StoryPlace | null;
  /** Whether nothing but the story and its tree is shown. */
  readonly kiosk: boolean;
  /** What is shown in the place of searches, or those. */
  readonly place: Place;
  /** Runs side by side; none on other pages. */
  readonly compared: ComparedView;
  /** What of an evaluation is looked at; nothing on other pages. */
  readonly evaluated: EvaluatedView;
}

export const NO_VIEW: LinkedView = {
  ...{ run: null, node: null, at: null, camera: null },
  ...{ order: "generated", top: ROOT, folding: NO_FOLDING },
  ...{ find: "", filter: null, brush: null, titles: false, reading: false, place: "search" },
  ...{ raw: false, colorBy: "search", domain: [0, 1], judging: NO_JUDGING },
  ...{ compared: NO_COMPARISON, evaluated: NO_EVALUATION, story: null, kiosk: false },
};

/** So many nodes that were folded, and that were unfolded, by hand: a link has to stay short. */
export const MAX_FOLDED = 100;

/**
 * Reads the query of a link. Each part that makes no sense is left out, because
 * links are typed and cut by people and the rest still says something.
 */
export function parseLink(query: string): LinkedView {
  const search = new URLSearchParams(query);
  const run = search.get("run") || null;
  const place = oneOf(PLACES, search.get("page")) ?? NO_VIEW.place;
  const compared = place === "compare" ? parseCompared(search) : NO_COMPARISON;
  const evaluated = place === "evaluations" ? parseEvaluated(search) : NO_EVALUATION;
  const told = { story: parseStoryPlace(search.get("story")), kiosk: search.get("kiosk") === "1" };
  if (run === null) return { ...NO_VIEW, place, compared, evaluated, ...told };
  return {
    ...told,
    place,
    compared,
    evaluated,
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
    raw: search.get("raw") === "1",
    colorBy: oneOf(["search", "second"], search.get("judge")) ?? NO_VIEW.colorBy,
    domain: parseDomain(search.get("colors")) ?? NO_VIEW.domain,
    judging: parseJudging(search),
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
  for (const [name, value] of formatCompared(view.compared)) put(name, value);
  for (const [name, value] of formatEvaluated(view.evaluated)) put(name, value);
  put("story", formatStoryPlace(view.story));
  put("kiosk", view.kiosk ? 1 : null);
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
  put("raw", view.raw ? 1 : null);
  put("judge", unless(NO_VIEW.colorBy, view.colorBy));
  put("colors", unless("0-1", view.domain.map(shortScore).join("-")));
  for (const [name, value] of formatJudging(view.judging)) put(name, value);
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

/** A range of scores; `null` for what is none. */
function parseRange(text: string | null): readonly [low: number, high: number] | null {
  const [low, high, ...rest] = (text ?? "").split("-").map(parseNumber);
  const isRange =
    typeof low === "number" && typeof high === "number" && low <= high && rest.length === 0;
  return isRange ? [low, high] : null;
}

/** The ends of the colour scale lie in [0, 1] and apart. */
function parseDomain(text: string | null): readonly [low: number, high: number] | null {
  const range = parseRange(text);
  return range !== null && range[0] >= 0 && range[1] <= 1 && range[0] < range[1] ? range : null;
}

function parseFilter(scores: string | null, only: string | null): Filter | null {
  const names = (only ?? "").split(".");
  const statuses = new Set(STATUSES.filter((status) => names.includes(status)));
  const range = parseRange(scores);
  if (range === null && statuses.size === 0) return null;
  return { scores: range, statuses };
}

function parseBrush(text: string | null): readonly [number, number] | null {
  const [from = null, to = null, ...rest] = (text ?? "").split("-").map(parseId);
  return from === null || to === null || from > to || rest.length > 0 ? null : [from, to];
}

/** To four digits after the point. */
function shortScore(score: number): string {
  return String(Math.round(score * 1e4) / 1e4);
}
