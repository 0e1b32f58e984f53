import { createStore } from "zustand";
import type { RunEvent, UnknownEvent } from "../../protocol/events.ts";
import { type NodeId, ROOT } from "../../protocol/events.ts";
import { parseEvent, parseLog, WireError } from "../../protocol/wire.ts";
import { followMoment } from "../panels/moment.ts";
import { readNode } from "../panels/node/read-node.ts";
import type { Arrangement } from "../state/arranged.ts";
import { createCameraPost } from "../state/camera.ts";
import type { Pane } from "../state/pane.ts";
import { RunSession, type SessionView } from "../state/run-session.ts";
import { useView, type View } from "../state/view.ts";

/** How a tree is drawn. */
export type Look = Pick<View, "theme" | "labels" | "titles" | "order" | "domain">;

/** The selected node, in plain values. */
export interface PickedNode {
  readonly node: NodeId;
  /** Steps from the first one on. */
  readonly steps: readonly string[];
  /** In [0, 1]; `null` if it has none. */
  readonly score: number | null;
  readonly status: string;
  readonly answer: string | null;
  readonly correct: boolean | null;
}

/** What a tree shows now. */
export interface Shown {
  readonly nodes: number;
  /** Events that are known, and the seq of the one whose moment is shown; −1 before the first. */
  readonly events: number;
  readonly at: number;
  readonly answer: string | null;
  readonly picked: PickedNode | null;
  /** Why it stands still: a log that contradicts itself. */
  readonly error: string | null;
}

/**
 * A search tree that somebody else's page shows, and that is told what to show.
 * Make one with `createReasoningTree`, show it with `<TreeOf tree={…} />`.
 */
export interface ReasoningTree {
  /** For `TreeOf` alone. */
  readonly pane: Pane;
  readonly moment: ReturnType<typeof followMoment>;
  /** Shows another log, NDJSON as runs are saved, from its last event. Throws a `WireError` that names the line; then nothing has changed. */
  load(log: string): void;
  /** More events of the log that is shown, in their order. Throws a `WireError` that names the field; then nothing has changed. */
  append(events: readonly unknown[]): void;
  /** Shows the moment after the event with this seq, as soon as it is known; `null`: the newest, whatever arrives. */
  seek(seq: number | null): void;
  /** Selects a node and brings it into view; `null` selects none. Nodes that are not there are ignored. */
  select(node: NodeId | null): void;
  set(look: Partial<Look>): void;
  shown(): Shown;
  /** Told after what is shown has changed, once a frame at most. Returns how to stop. */
  onChange(listener: (shown: Shown) => void): () => void;
  close(): void;
}

/** Events that are handed over at a time. */
const PIECE = 2000;

/** A tree without a log. `name` is unique on the page, for the ids of its elements. */
export function createReasoningTree(name = "sentei"): ReasoningTree {
  const view = createStore<View>()(() => ({ ...useView.getInitialState(), runId: name }));
  let session: RunSession | null = null;

  const begin = (): RunSession => {
    session?.close();
    const opened = new RunSession({
      runId: name,
      beginning: { from: "newest" },
      speed: 1,
      requestFrame: (callback) => requestAnimationFrame(callback),
      publish: (shown: SessionView) => view.setState(shown),
      onBroken: () => {},
    });
    const { theme, labels, titles, order, domain } = view.getState();
    const look: Look = { theme, labels, titles, order, domain };
    view.setState({ ...useView.getInitialState(), ...look, ...opened.view() });
    session = opened;
    return opened;
  };
  // What comes later waits for what came before.
  let taken = Promise.resolve();
  const take = (to: RunSession, events: (RunEvent | UnknownEvent)[]) => {
    taken = taken.then(async () => {
      for (let from = 0; from < events.length; from += PIECE) {
        await to.receive(events.slice(from, from + PIECE));
      }
    });
  };
  const select = (node: NodeId | null) => {
    if (node !== null && node >= view.getState().tree.count) return;
    view.setState({ selected: node });
    if (node !== null) pane.camera.request({ to: "show", node });
  };
  const pane: Pane = {
    ...{ name, view, camera: createCameraPost(), select },
    arranged: createStore<Arrangement>()(() => ({ arranged: null })),
  };
  begin();
  return {
    ...{ pane, moment: followMoment(view), select },
    load(log) {
      const events = parseLog(log);
      const opened = begin();
      opened.connect({ state: "live" });
      take(opened, events);
    },
    append(events) {
      const read = events.map(readEvent);
      take(session ?? begin(), read);
    },
    seek(seq) {
      if (seq === null) session?.goLive();
      else session?.hold(seq);
    },
    set: (look) => view.setState(look),
    shown: () => shownOf(view.getState()),
    onChange: (listener) => view.subscribe((now) => listener(shownOf(now))),
    close() {
      session?.close();
      session = null;
    },
  };
}

function readEvent(event: unknown, i: number): RunEvent | UnknownEvent {
  try {
    return parseEvent(event);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new WireError(`events.${i}: ${error.message}`, error.field);
  }
}

function shownOf({ tree, at, selected, connection }: View): Shown {
  const isThere = selected !== null && selected < tree.count;
  return {
    nodes: tree.countAt(at),
    events: tree.seq + 1,
    at,
    answer: tree.selectedAt(at)?.answer ?? null,
    picked: isThere ? pickedOf({ tree, at }, selected) : null,
    error: connection.state === "failed" ? connection.message : null,
  };
}

function pickedOf({ tree, at }: Pick<View, "tree" | "at">, node: NodeId): PickedNode {
  const { score, status, answer } = readNode(tree, node, at);
  return {
    node,
    steps: tree
      .path(node)
      .filter((step) => step !== ROOT)
      .map((step) => tree.step(step)),
    score: Number.isNaN(score) ? null : score,
    status,
    ...{ answer: answer?.answer ?? null, correct: answer?.correct ?? null },
  };
}
