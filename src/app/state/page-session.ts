import type { NodeId } from "../../protocol/events.ts";
import { type Backend, backend } from "../backend/backend.ts";
import { reportCamera } from "./camera.ts";
import { followRun } from "./follow-run.ts";
import { type Beginning, RunSession, type SessionView } from "./run-session.ts";
import { useView } from "./view.ts";

/** The run on screen, and what belongs to it alone. */
interface OpenRun {
  readonly session: RunSession;
  readonly stop: AbortController;
  /** A node that a link names and that the log has not announced yet. */
  awaited: NodeId | null;
}

let open: OpenRun | null = null;

/** The session of the run on screen; `null` if none is. */
export function currentSession(): RunSession | null {
  return open?.session ?? null;
}

/** What the outside world does for a session; tests put their own in its place. */
export interface Surroundings {
  readonly openLog?: Backend["openLog"];
  readonly requestFrame?: (callback: (time: number) => void) => void;
}

/**
 * Shows another run. The stream of the one before is aborted first and its
 * session closed, so nothing that is still under way can reach the new one.
 */
export function openSession(
  runId: string,
  beginning: Beginning,
  { openLog = backend().openLog, requestFrame = requestAnimationFrame }: Surroundings = {},
): void {
  leave();
  const stop = new AbortController();
  const session = new RunSession({
    runId,
    beginning,
    speed: useView.getState().speed,
    requestFrame: (callback) => requestFrame(callback),
    publish,
    onBroken: () => stop.abort(),
  });
  open = { session, stop, awaited: null };
  reportCamera(null);
  const { order, labels, titles, raw, theme, colorBy, domain } = useView.getState();
  useView.setState({
    ...useView.getInitialState(),
    ...{ order, labels, titles, raw, theme, colorBy, domain },
    ...session.view(),
  });
  void followRun({
    runId,
    signal: stop.signal,
    openLog,
    onEvents: (events) => session.receive(events),
    onConnection: (connection) => session.connect(connection),
  });
}

/** Shows no run. */
export function closeSession(): void {
  if (open === null) return;
  leave();
  const { order, labels, titles, raw, theme, colorBy, domain, speed } = useView.getState();
  useView.setState({
    ...useView.getInitialState(),
    ...{ order, labels, titles, raw, theme, colorBy, domain, speed },
  });
}

/** Selects a node as soon as the log has announced it. */
export function selectWhenKnown(node: NodeId | null): void {
  if (open === null) return;
  const isKnown = node === null || node < open.session.tree.count;
  open.awaited = isKnown ? null : node;
  useView.setState({ selected: isKnown ? node : null });
}

/** The node that is selected or will be. */
export function wantedNode(): NodeId | null {
  return useView.getState().selected ?? open?.awaited ?? null;
}

function publish(view: SessionView): void {
  const awaited = open?.awaited ?? null;
  if (awaited === null || awaited >= view.tree.count) {
    useView.setState(view);
    return;
  }
  open!.awaited = null;
  useView.setState({ ...view, selected: awaited });
}

function leave(): void {
  open?.stop.abort();
  open?.session.close();
  open = null;
}
