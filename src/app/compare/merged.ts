import { create, createStore, type StoreApi } from "zustand";
import { type NodeId, ROOT } from "../../protocol/events.ts";
import { Tree } from "../../protocol/tree.ts";
import { followMoment, type Moment } from "../panels/moment.ts";
import type { Arrangement } from "../state/arranged.ts";
import { createCameraPost } from "../state/camera.ts";
import { useCompared } from "../state/compared.ts";
import type { Pane } from "../state/pane.ts";
import { NO_FOLDING } from "../state/reading.ts";
import { useView, type View } from "../state/view.ts";
import { tCount } from "../words/t.ts";
import { carryOver } from "./carry-over.ts";
import { common } from "./compared-run.ts";
import { pick, positionNow, useComparison } from "./comparison.ts";
import { type MergedRuns, mergeRuns, type NoMerge, whyNotMerged } from "./merge-runs.ts";
import { type Parting, partingsOf } from "./partings.ts";

/** What the page renders of compared runs as one tree. */
interface MergedState {
  readonly merged: MergedRuns | null;
  /** The largest first. */
  readonly partings: readonly Parting[];
  /** Why there is no such tree. */
  readonly trouble: NoMerge | null;
}

const NOTHING: MergedState = { merged: null, partings: [], trouble: null };

export const useMerged = create<MergedState>()(() => NOTHING);

/** While runs grow, they are merged anew at most this often, ms, and for at most this share of the time. */
const PACE_MS = 500;
const SHARE = 0.1;
/** So many partings have a flag in the tree, the largest. */
const FLAGS = 40;

/** The place of the merged tree on the page. */
export interface MergedPane {
  readonly pane: Pane;
  readonly moment: StoreApi<Moment>;
}

/** A place for the merged tree, for as long as the page lives: it is empty while nothing is merged. */
let place: MergedPane | null = null;

export function mergedPane(): MergedPane {
  place ??= openPane();
  return place;
}

function openPane(): MergedPane {
  const view = createStore<View>()(() => ({ ...useView.getInitialState(), ...common() }));
  const pane: Pane = {
    ...{ name: "merged", view, camera: createCameraPost(), select },
    arranged: createStore<Arrangement>()(() => ({ arranged: null })),
  };
  return { pane, moment: followMoment(view) };
}

/** Merges the compared runs, and keeps to them, their axis and their playhead, until the returned function is called. */
export function holdMerged(): () => void {
  const { view, camera } = mergedPane().pane;
  restoreCamera();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const mergeSoon = () => {
    timer ??= setTimeout(
      () => {
        timer = null;
        merge();
      },
      Math.max(PACE_MS, lastCostMs / SHARE),
    );
  };
  merge();
  const undo = [
    useComparison.subscribe(({ runs, version }, before) => {
      if (runs !== before.runs) merge();
      else if (version !== before.version) mergeSoon();
    }),
    useCompared.subscribe(({ axis, lit, position }, before) => {
      if (axis !== before.axis || lit !== before.lit) merge();
      else if (position !== before.position) showMoment();
    }),
    camera.onMove((mergedCamera) => useCompared.setState({ mergedCamera })),
    useView.subscribe(() => view.setState(common())),
  ];
  return () => {
    for (const forget of undo) forget();
    if (timer !== null) clearTimeout(timer);
    useMerged.setState(NOTHING);
    view.setState({ runId: null, tree: new Tree(), version: 0, at: -1, selected: null });
  };
}

/** Lights what one run did; null: what all of them did. */
export function light(run: number | null): void {
  useCompared.setState({ lit: run });
}

/** Looks where `useCompared` says. */
function restoreCamera(): void {
  const { view, camera } = mergedPane().pane;
  const { mergedCamera } = useCompared.getState();
  view.setState({ following: mergedCamera === null });
  if (mergedCamera === null) camera.report(null);
  else camera.request({ to: "place", view: mergedCamera });
}

/** Brings a node of the merged tree into the middle, and selects it in all runs. */
export function goToMerged(node: NodeId): void {
  const { pane } = mergedPane();
  select(node);
  pane.view.setState({ following: false });
  pane.camera.request({ to: "focus", node });
}

function select(node: NodeId | null): void {
  const source = node === null ? undefined : useMerged.getState().merged?.sources[node]?.[0];
  mergedPane().pane.view.setState({ selected: source === undefined ? null : node });
  pick(source ?? null);
}

/** What of the trees the last merge was made from: their versions. */
let mergedFrom = "";
/** The runs of the last merge, in their order. */
let mergedRuns = "";
/** What it took, ms. */
let lastCostMs = 0;

function merge(): void {
  const { axis, lit, pick: picked } = useCompared.getState();
  const trees = useComparison.getState().runs.map(({ tree }) => tree);
  const trouble = whyNotMerged(trees);
  const known = trees.filter(({ started }) => started !== null);
  const { view } = mergedPane().pane;
  if (trouble !== null || known.length < trees.length || trees.length === 0) {
    useMerged.setState({ merged: null, partings: [], trouble });
    return;
  }
  const ids = useComparison.getState().runs.map(({ id }) => id);
  const from = JSON.stringify([ids, trees.map(({ version }) => version), axis, lit]);
  if (from === mergedFrom && useMerged.getState().merged !== null) return;
  mergedFrom = from;
  const isSame = mergedRuns === ids.join();
  mergedRuns = ids.join();
  const began = performance.now();
  const { merged: before } = useMerged.getState();
  const merged = mergeRuns(trees, axis, lit);
  const partings = partingsOf(merged, trees);
  lastCostMs = performance.now() - began;
  useMerged.setState({ merged, partings, trouble: null });
  const selected = picked === null ? null : (merged.mergedOf[picked.run]?.[picked.node] ?? null);
  view.setState({
    ...{ runId: "merged", tree: merged.tree, version: merged.tree.version },
    ...{ connection: { state: "ended" }, at: seqNow(merged) },
    ...(isSame && before !== null
      ? carryOver(view.getState(), before, merged)
      : { top: ROOT, folding: NO_FOLDING }),
    selected: selected !== null && selected >= 0 ? selected : null,
    among: lit === null ? null : merged.members.map((bits) => (bits >> lit) & 1),
    bookmarks: new Map(
      partings
        .slice(0, FLAGS)
        .map(({ node, size }) => [
          node,
          tCount(size, "runs part: {count} policy token", "runs part: {count} policy tokens"),
        ]),
    ),
  });
}

function showMoment(): void {
  const { merged } = useMerged.getState();
  if (merged !== null) mergedPane().pane.view.setState({ at: seqNow(merged) });
}

/** The last event of the merged log that the playhead shows. */
function seqNow({ tree, positions }: MergedRuns): number {
  if (useCompared.getState().position === null) return tree.seq;
  const now = positionNow();
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions[middle]! <= now) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
