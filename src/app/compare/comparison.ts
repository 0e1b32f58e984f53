import { create } from "zustand";
import type { NodeId } from "../../protocol/events.ts";
import { type Axis, type ComparedView, useCompared } from "../state/compared.ts";
import { useView } from "../state/view.ts";
import { endOf, lengthOf, seqOn, stepOn, valueAt } from "./axis.ts";
import { advanceOn } from "./clock.ts";
import { type ComparedRun, openComparedRun } from "./compared-run.ts";
import { linkPanes, type PaneLinks } from "./linked-panes.ts";

/** What the page renders of a comparison, besides `ComparedView`. */
interface ComparisonState {
  readonly runs: readonly ComparedRun[];
  readonly isPlaying: boolean;
  /** +1 whenever a run, or what is shown of it, has changed. */
  readonly version: number;
}

const NOTHING: ComparisonState = { runs: [], isPlaying: false, version: 0 };

/** The runs that are open side by side. */
export const useComparison = create<ComparisonState>()(() => NOTHING);

let links: PaneLinks | null = null;
let frame = 0;
let lastFrame: number | null = null;
/** So that no two panes ever have the same name. */
let opened = 0;

/**
 * Opens the runs of `useCompared` and keeps to them, until the returned function is
 * called. Once at a time.
 */
export function holdComparison(): () => void {
  const follow = (view: ComparedView) => {
    openRuns(view.runs);
    showMoment();
  };
  follow(useCompared.getState());
  links?.restore();
  const forget = useCompared.subscribe(follow);
  return () => {
    forget();
    pause();
    openRuns([]);
  };
}

/** Opens what is not open yet and closes what is not compared any more. */
function openRuns(ids: readonly string[]): void {
  const { runs } = useComparison.getState();
  if (ids.join() === runs.map(({ id }) => id).join()) return;
  for (const run of runs) if (!ids.includes(run.id)) run.close();
  const next = ids.map((id) => runs.find((run) => run.id === id) ?? open(id));
  links?.end();
  links = next.length === 0 ? null : linkPanes(next);
  useComparison.setState({ runs: next });
}

function open(id: string): ComparedRun {
  return openComparedRun(id, `pane${++opened}`, {
    onChange,
    onSelect: (node) => links?.select(id, node),
    onHover: (node) => links?.hover(id, node),
  });
}

/** From now on the cameras of the others go along with that of this run. */
export function lead(id: string): void {
  links?.lead(id);
}

/** Selects a node of one of the runs, by its place among them, and in the others what has the same prefix. */
export function pick(source: { readonly run: number; readonly node: NodeId } | null): void {
  const { runs } = useComparison.getState();
  const run = runs[source?.run ?? 0];
  if (run !== undefined) links?.select(run.id, source?.node ?? null);
}

/** The run that was touched last. */
export function leader(): ComparedRun | null {
  return links?.leader ?? null;
}

function onChange(): void {
  showMoment();
  links?.refresh();
  useComparison.setState(({ version }) => ({ version: version + 1 }));
}

/** Shows in every run the moment at which the playhead is. */
function showMoment(): void {
  const { axis, position } = useCompared.getState();
  for (const run of useComparison.getState().runs) {
    run.show(position === null ? null : seqOn(run.tree, axis, position));
  }
}

function trees() {
  return useComparison.getState().runs.map(({ tree }) => tree);
}

/** Where the playhead is, in units of the axis. */
export function positionNow(): number {
  const { axis, position } = useCompared.getState();
  const length = lengthOf(trees(), axis);
  return position === null ? length : Math.min(position, length);
}

/** Holds the playhead at a position, in units of the axis. At the end of runs that have ended it stays with the newest. */
export function seekTo(position: number): void {
  pause();
  moveTo(position);
}

function moveTo(position: number): void {
  const { axis } = useCompared.getState();
  useCompared.setState({ position: isOver(position, axis) ? null : Math.max(0, position) });
}

/** Whether all there will ever be is shown at a position. */
function isOver(position: number, axis: Axis): boolean {
  const { runs } = useComparison.getState();
  return runs.every((run) => run.isComplete() && endOf(run.tree, axis) <= position);
}

export function goToEnd(): void {
  pause();
  useCompared.setState({ position: null });
}

export function step(by: 1 | -1, axis: Axis = useCompared.getState().axis): void {
  const own = useCompared.getState().axis;
  if (axis === own) {
    seekTo(stepOn(trees(), own, positionNow(), by));
    return;
  }
  // A round of whichever run comes to its next one first.
  const from = positionNow();
  const targets = trees().map((tree) => {
    const there = seqOn(tree, own, from);
    const value = stepOn([tree], axis, valueAt(tree, axis, there), by);
    return valueAt(tree, own, seqOn(tree, axis, value));
  });
  const beyond = targets.filter((value) => (by === 1 ? value > from : value < from));
  if (beyond.length === 0) seekTo(by === 1 ? lengthOf(trees(), own) : 0);
  else seekTo(by === 1 ? Math.min(...beyond) : Math.max(...beyond));
}

/** Measures along another axis, at the same share of the way. */
export function changeAxis(axis: Axis): void {
  const { axis: before, position } = useCompared.getState();
  const share = position === null ? null : positionNow() / Math.max(lengthOf(trees(), before), 1);
  useCompared.setState({
    axis,
    position: share === null ? null : share * lengthOf(trees(), axis),
  });
}

export function togglePlay(): void {
  if (useComparison.getState().isPlaying) pause();
  else play();
}

/** Plays on from where the playhead is; from the beginning if everything is shown. */
export function play(): void {
  const { axis, position } = useCompared.getState();
  const isAtEnd = position === null || isOver(position, axis);
  useComparison.setState({ isPlaying: true });
  if (isAtEnd) useCompared.setState({ position: 0 });
  lastFrame = null;
  frame ||= requestAnimationFrame(advance);
}

function pause(): void {
  cancelAnimationFrame(frame);
  frame = 0;
  if (useComparison.getState().isPlaying) useComparison.setState({ isPlaying: false });
}

function advance(time: number): void {
  const { axis, position } = useCompared.getState();
  const elapsed = lastFrame === null ? 0 : time - lastFrame;
  lastFrame = time;
  const length = lengthOf(trees(), axis);
  const events = Math.max(0, ...trees().map(({ seq }) => seq + 1));
  const { speed } = useView.getState();
  const next = advanceOn(position ?? length, elapsed, { length, events, speed });
  frame = 0;
  if (isOver(next, axis) && useComparison.getState().runs.length > 0) {
    goToEnd();
    return;
  }
  if (next !== position) useCompared.setState({ position: next });
  frame = requestAnimationFrame(advance);
}
