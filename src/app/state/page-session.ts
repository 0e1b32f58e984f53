import { followRun } from "./follow-run.ts";
import { type Beginning, RunSession } from "./run-session.ts";
import { useView } from "./view.ts";

let current: { readonly session: RunSession; readonly stop: AbortController } | null = null;

/** The run on screen; `null` if none is. */
export function currentSession(): RunSession | null {
  return current?.session ?? null;
}

/**
 * Shows another run. The stream of the one before is aborted first and its
 * session closed, so nothing that is still under way can reach the new one.
 */
export function openSession(runId: string, beginning: Beginning): void {
  leave();
  const stop = new AbortController();
  const session = new RunSession({
    runId,
    beginning,
    speed: useView.getState().speed,
    requestFrame: (callback) => requestAnimationFrame(callback),
    publish: (view) => useView.setState(view),
    onBroken: () => stop.abort(),
  });
  current = { session, stop };
  useView.setState({
    runId,
    tree: session.tree,
    version: 0,
    connection: { state: "connecting" },
    at: session.at,
    live: session.live,
    playing: session.playing,
    selected: null,
    following: true,
  });
  void followRun({
    runId,
    signal: stop.signal,
    onEvents: (events) => session.receive(events),
    onConnection: (connection) => session.connect(connection),
  });
}

/** Shows no run. */
export function closeSession(): void {
  leave();
  const { theme, domain, speed } = useView.getState();
  useView.setState({ ...useView.getInitialState(), theme, domain, speed });
}

function leave(): void {
  current?.stop.abort();
  current?.session.close();
  current = null;
}
