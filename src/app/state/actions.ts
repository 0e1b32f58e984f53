import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { CommandInput, RunSpecInput } from "../../protocol/runs.ts";
import { backend } from "../backend/backend.ts";
import { createRun, sendCommand } from "./api.ts";
import { useArranged } from "./arranged.ts";
import { type CameraRequest, requestCamera } from "./camera.ts";
import type { Judging } from "./judging.ts";
import type { Direction } from "./move-selection.ts";
import { closeSession, currentSession, openSession, selectWhenKnown } from "./page-session.ts";
import { focusIn, mainPane, moveSelectionIn, toggleFoldIn } from "./pane.ts";
import type { Filter, Folding, Order } from "./reading.ts";
import { type Theme, useView, type View } from "./view.ts";

/** Shows a run, from its end if it has one, and follows it while it goes on. */
export function openRun(id: string): void {
  openSession(id, { from: "newest" });
}

/** Starts a run that goes on where another one stopped, and shows its end. Rejects with an `ApiError`. */
export async function resumeRun(id: string): Promise<void> {
  const run = await backend().resumeRun?.(id);
  if (run) openSession(run.id, { from: "newest" });
}

/** Starts a run and plays it from its first event. Rejects with an `ApiError`. */
export async function startRun(spec: RunSpecInput): Promise<void> {
  const run = await createRun(spec);
  openSession(run.id, { from: "start" });
}

export function closeRun(): void {
  closeSession();
}

export function select(node: NodeId | null): void {
  selectWhenKnown(node);
}

/** Moves the playhead to an event and holds it there; clamped to the known part of the run. */
export function seek(seq: number): void {
  currentSession()?.seek(seq);
}

/**
 * Freezes the view, or lets time go on: from the start if the end of a finished
 * run is on screen. The run itself goes on, and its events are received.
 */
export function togglePlay(): void {
  currentSession()?.togglePlay();
}

/** Sets the pace of replays, a factor: 2 is twice as fast. */
export function setSpeed(speed: number): void {
  useView.setState({ speed });
  currentSession()?.setSpeed(speed);
}

export function stepEvent(by: 1 | -1): void {
  currentSession()?.step(by);
}

/** To the first moment of the next round, or to that of this or the previous one. */
export function stepRound(by: 1 | -1): void {
  currentSession()?.stepRound(by);
}

/** To the newest event, and stays there. */
export function goLive(): void {
  currentSession()?.goLive();
}

/** Gives the camera back to the growing tree. */
export function followCamera(): void {
  useView.setState({ following: true });
  requestCamera({ to: "fit" });
}

/** Fits the whole tree into view, once. */
export function fitTree(): void {
  requestCamera({ to: "fit" });
}

/** Brings a node to the middle of the view, near enough to read it. */
export function focusNode(node: NodeId): void {
  focusIn(mainPane, node);
}

/** Selects a node and brings it into view, near enough to read, whatever it is folded into. */
export function revealNode(node: NodeId): void {
  const { arranged } = useArranged.getState();
  if (arranged !== null && arranged.itemOf(node) !== node) uncover(node);
  select(node);
  focusNode(node);
}

/** Opens all that a node may be folded into, and shows the whole tree if it is not in the hoisted part. */
function uncover(node: NodeId): void {
  const { tree, top, folding } = useView.getState();
  if (node >= tree.count) return;
  const path = tree.path(node);
  const folded = new Set(folding.folded);
  const unfolded = new Set(folding.unfolded);
  for (const above of path) {
    if (above !== node) folded.delete(above);
    unfolded.add(above);
  }
  useView.setState({
    folding: { ...folding, folded, unfolded },
    top: path.includes(top) ? top : ROOT,
  });
}

/** Zooms by a factor around the middle of the view, and moves by shares of its size. */
export function moveCamera(step: Omit<Extract<CameraRequest, { to: "move" }>, "to">): void {
  if (useView.getState().following) useView.setState({ following: false });
  requestCamera({ to: "move", ...step });
}

/** Fits the subtree of a node into view, once. */
export function fitSubtree(node: NodeId): void {
  useView.setState({ following: false });
  requestCamera({ to: "fitSubtree", node });
}

/** Selects a neighbour of the selected node, and brings it into view if it is not. Opens what is folded on the way to a child. */
export function moveSelection(direction: Direction): void {
  moveSelectionIn(mainPane, direction);
}

export function setTheme(theme: Theme): void {
  useView.setState({ theme });
}

export function setOrder(order: Order): void {
  useView.setState({ order });
}

/** Shows the subtree of a node as the whole tree; `ROOT` shows everything again. */
export function hoist(top: NodeId): void {
  useView.setState({ top, following: true });
  requestCamera({ to: "fit" });
}

export function setFolding(change: Partial<Pick<Folding, "dead" | "least" | "by">>): void {
  const { folding } = useView.getState();
  useView.setState({ folding: { ...folding, ...change } });
}

/** Folds what is below the item in whose place a node is shown, or opens it. */
export function toggleFold(node: NodeId): void {
  toggleFoldIn(mainPane, node);
}

/** Lights the line that ends in a node, as long as the pointer is on it; null ends that. */
export function peek(node: NodeId | null): void {
  useView.setState({ peeked: node });
}

export function setFilter(filter: Filter | null): void {
  useView.setState({ filter });
}

/** Lights what happened between two seqs, both included; null ends that. */
export function setBrush(brush: readonly [from: number, to: number] | null): void {
  useView.setState({ brush });
}

export function setLabels(labels: boolean): void {
  useView.setState({ labels });
}

export function setTitles(titles: boolean): void {
  useView.setState({ titles });
}

export function setColorBy(colorBy: View["colorBy"]): void {
  useView.setState({ colorBy });
}

/** Changes how two judges of the tree are held against each other. */
export function setJudging(change: Partial<Judging>): void {
  useView.setState(({ judging }) => ({ judging: { ...judging, ...change } }));
}

export function setRaw(raw: boolean): void {
  useView.setState({ raw });
}

/** Sets the scores at the ends of the colour scale. Throws a `RangeError` unless 0 ≤ low < high ≤ 1. */
export function setDomain([low, high]: readonly [number, number]): void {
  if (!(low >= 0 && low < high && high <= 1)) {
    throw new RangeError(`no domain of scores: ${low} to ${high}`);
  }
  useView.setState({ domain: [low, high] });
}

/** Steers the run at its source. Rejects with an `ApiError`. */
export async function command(order: CommandInput): Promise<void> {
  const { runId } = useView.getState();
  if (runId === null) throw new Error(`no run to ${order.command}`);
  await sendCommand(runId, order);
}
