import { createStore, type StoreApi } from "zustand";
import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { followMoment, type Moment } from "../panels/moment.ts";
import type { Arrangement } from "../state/arranged.ts";
import { createCameraPost } from "../state/camera.ts";
import { followRun } from "../state/follow-run.ts";
import type { Pane } from "../state/pane.ts";
import { RunSession } from "../state/run-session.ts";
import { useView, type View } from "../state/view.ts";

/** One of the runs that are compared: its tree, its place on the page, and the moment that is shown. */
export interface ComparedRun {
  readonly id: string;
  readonly pane: Pane;
  readonly moment: StoreApi<Moment>;
  readonly tree: Tree;
  /** Shows the moment after this event, as soon as it is known; null: the newest, whatever arrives. */
  readonly show: (seq: number | null) => void;
  /** Whether all of its log is here. */
  readonly isComplete: () => boolean;
  readonly close: () => void;
}

/** What a run tells those that it is compared with. */
export interface Listeners {
  /** Its tree, its moment or its connection has changed. */
  readonly onChange: () => void;
  readonly onSelect: (node: NodeId | null) => void;
  readonly onHover: (node: NodeId | null) => void;
}

/** Opens a run beside others and follows it while it goes on. `name` is unique on the page. */
export function openComparedRun(id: string, name: string, listeners: Listeners): ComparedRun {
  const stop = new AbortController();
  const view = createStore<View>()(() => ({ ...useView.getInitialState(), ...common() }));
  const session = new RunSession({
    runId: id,
    beginning: { from: "newest" },
    speed: 1,
    requestFrame: (callback) => requestAnimationFrame(callback),
    publish: (shown) => {
      view.setState(shown);
      listeners.onChange();
    },
    onBroken: () => stop.abort(),
  });
  view.setState(session.view());
  const forget = useView.subscribe(() => {
    if (!isCommon(view.getState())) view.setState(common());
  });
  void followRun({
    runId: id,
    signal: stop.signal,
    onEvents: (events) => session.receive(events),
    onConnection: (connection) => session.connect(connection),
  });
  const pane: Pane = {
    ...{ name, view, camera: createCameraPost() },
    arranged: createStore<Arrangement>()(() => ({ arranged: null })),
    select: listeners.onSelect,
    onHover: listeners.onHover,
  };
  return {
    ...{ id, pane, moment: followMoment(view), tree: session.tree },
    show: (seq) => {
      if (seq === null) {
        if (session.heldAt !== null) session.goLive();
      } else if (session.heldAt !== Math.max(seq, 0)) session.hold(seq);
    },
    isComplete: () => {
      const { connection } = view.getState();
      const isOver = connection.state === "ended" || connection.state === "failed";
      return session.tree.ending !== null || isOver;
    },
    close: () => {
      forget();
      stop.abort();
      session.close();
    },
  };
}

/** How trees are drawn everywhere on the page. */
export function common(): Pick<View, "labels" | "titles" | "raw" | "theme" | "colorBy" | "domain"> {
  const { labels, titles, raw, theme, colorBy, domain } = useView.getState();
  return { labels, titles, raw, theme, colorBy, domain };
}

function isCommon(view: View): boolean {
  return Object.entries(common()).every(([name, value]) => view[name as keyof View] === value);
}
