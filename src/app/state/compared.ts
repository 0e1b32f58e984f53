import { create } from "zustand";
import type { NodeId } from "../../protocol/events.ts";
import type { CameraView } from "./camera.ts";
import { parseCamera, parseId, parseNumber, rounded } from "./link-numbers.ts";

/** Most runs that are compared at once. */
export const MOST_COMPARED = 4;

/** What one playhead of several runs is measured in. */
export const AXES = ["events", "time", "tokens", "calls", "rounds"] as const;
export type Axis = (typeof AXES)[number];

/** What is compared and how it is looked at: all of it is in a link. */
export interface ComparedView {
  /** Ids, `MOST_COMPARED` at most; each once. */
  readonly runs: readonly string[];
  readonly axis: Axis;
  /** Of the playhead, in units of the axis; null: at the newest. */
  readonly position: number | null;
  /** Whether the runs are shown beside each other or as one tree. */
  readonly layout: "beside" | "merged";
  /** Whether all trees are looked at from the same place. */
  readonly isLinked: boolean;
  /** The selected node: that of which run, by its place among them. */
  readonly pick: { readonly run: number; readonly node: NodeId } | null;
  /** Of the first run; null: it follows the tree. */
  readonly camera: CameraView | null;
  /** The same of the one tree that all are merged into. */
  readonly mergedCamera: CameraView | null;
  /** The run whose steps and choice are lit in that tree, by its place among them; null: all of them. */
  readonly lit: number | null;
}

export const NO_COMPARISON: ComparedView = {
  ...{ runs: [], axis: "events", position: null },
  ...{ layout: "beside", isLinked: true, pick: null, camera: null },
  ...{ mergedCamera: null, lit: null },
};

export const useCompared = create<ComparedView>()(() => NO_COMPARISON);

const RUN_ID = /^[\w-]{1,4000}$/;

/** Reads a comparison from a link; what makes no sense is left out. */
export function parseCompared(search: URLSearchParams): ComparedView {
  const ids = (search.get("runs") ?? "").split(".").filter((id) => RUN_ID.test(id));
  const runs = [...new Set(ids)].slice(0, MOST_COMPARED);
  const position = parseNumber(search.get("pos") ?? "");
  return {
    runs,
    axis: AXES.find((axis) => axis === search.get("axis")) ?? NO_COMPARISON.axis,
    position: position === null || position < 0 ? null : position,
    layout: search.get("as") === "merged" ? "merged" : "beside",
    isLinked: search.get("link") !== "0",
    pick: parsePick(search.get("pick"), runs.length),
    camera: parseEye(search.get("eye")),
    mergedCamera: parseEye(search.get("over")),
    lit: parseLit(search.get("of"), runs.length),
  };
}

/** Names and values for a link; what is as usual is left out. */
export function formatCompared(view: ComparedView): [name: string, value: string][] {
  const { runs, axis, position, layout, isLinked, pick, camera, mergedCamera, lit } = view;
  if (runs.length === 0) return [];
  const parts: [string, string | null][] = [
    ["runs", runs.join(".")],
    ["axis", axis === NO_COMPARISON.axis ? null : axis],
    ["pos", position === null ? null : rounded(position)],
    ["as", layout === "merged" ? layout : null],
    ["link", isLinked ? null : "0"],
    ["pick", pick === null ? null : `${pick.run}-${pick.node}`],
    ["eye", camera === null ? null : formatEye(camera)],
    ["over", mergedCamera === null ? null : formatEye(mergedCamera)],
    ["of", lit === null ? null : String(lit)],
  ];
  return parts.filter((part): part is [string, string] => part[1] !== null);
}

function parsePick(text: string | null, runs: number): ComparedView["pick"] {
  const [run = null, node = null, ...rest] = (text ?? "").split("-").map(parseId);
  return run === null || node === null || run >= runs || rest.length > 0 ? null : { run, node };
}

function parseLit(text: string | null, runs: number): number | null {
  const lit = parseId(text);
  return lit === null || lit >= runs ? null : lit;
}

function parseEye(text: string | null): CameraView | null {
  const [x = null, y = null, across = "", row = "", ...rest] = (text ?? "").split("x");
  return rest.length > 0 ? null : parseCamera(x, y, `${across}x${row}`);
}

function formatEye({ column, row, across, rowPx }: CameraView): string {
  return [column, row, across, rowPx].map(rounded).join("x");
}
