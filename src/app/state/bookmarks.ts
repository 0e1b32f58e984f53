import { z } from "zod";
import { create } from "zustand";
import { msg, type Said, say } from "../../lib/said.ts";
import type { NodeId } from "../../protocol/events.ts";
import { useView } from "./view.ts";

/** Runs whose bookmarks a browser keeps; those of the one that was changed longest ago go first. */
const MAX_RUNS = 200;
/** Bookmarks of a run, and characters of a note. */
const MAX_MARKS = 500;
export const MAX_NOTE = 2000;
/** A note is kept after this much quiet, ms. */
const QUIET_MS = 500;

/** Ids of the runs that have bookmarks, the one that was changed last at the end. */
const RUNS_KEY = "sentei.marks";

function keyOf(runId: string): string {
  return `${RUNS_KEY}.${runId}`;
}

const Runs = z.array(z.string());
const Marks = z.array(z.tuple([z.int().nonnegative(), z.string()]));

/** Where bookmarks are kept: `localStorage`, or what tests have for it. May throw, as that does. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Why bookmarks could not be read or kept, as a sentence; null: they could. */
export const useMarksTrouble = create<{ readonly trouble: Said | null }>()(() => ({
  trouble: null,
}));

/** Notes of bookmarks that were taken off: they come back with the bookmark, while the page lives. */
const takenOff = new Map<string, string>();

/** Bookmarks a node of the open run, or takes its bookmark off. Says what it did; null: there is no room for more. */
export function toggleMark(node: NodeId): "set" | "removed" | null {
  const { runId, bookmarks } = useView.getState();
  const marks = new Map(bookmarks);
  const note = marks.get(node);
  const memory = `${runId} ${node}`;
  if (note === undefined) {
    if (marks.size >= MAX_MARKS) return null;
    marks.set(node, takenOff.get(memory) ?? "");
  } else {
    takenOff.set(memory, note);
    marks.delete(node);
  }
  useView.setState({ bookmarks: sorted(marks) });
  return note === undefined ? "set" : "removed";
}

/** Writes the note of a bookmark, at most `MAX_NOTE` characters. */
export function setNote(node: NodeId, note: string): void {
  const { bookmarks } = useView.getState();
  if (!bookmarks.has(node)) return;
  useView.setState({ bookmarks: new Map(bookmarks).set(node, note.slice(0, MAX_NOTE)) });
}

/** The bookmark after a node, or before it, round and round; null if there is none. */
export function neighbourMark(
  bookmarks: ReadonlyMap<NodeId, string>,
  from: NodeId | null,
  by: 1 | -1,
): NodeId | null {
  const nodes = [...bookmarks.keys()].sort((a, b) => by * (a - b));
  const next = from === null ? undefined : nodes.find((node) => by * (node - from) > 0);
  return next ?? nodes[0] ?? null;
}

/**
 * Brings the bookmarks of every run that is opened, and keeps what is changed, also by other
 * windows. Runs once, for as long as the page lives; returns the function that ends it.
 */
export function followMarks(shelf: Shelf = localStorage): () => void {
  let shown: string | null = null;
  /** Bookmarks that are on the shelf, or not there yet: by identity. */
  let kept: ReadonlyMap<NodeId, string> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const keep = () => {
    if (timer === null || shown === null) return;
    clearTimeout(timer);
    timer = null;
    const { bookmarks } = useView.getState();
    if (useView.getState().runId !== shown) return;
    kept = bookmarks;
    attempt(NOT_KEPT, () => putMarks(shelf, shown!, bookmarks));
  };
  const bring = (runId: string | null) => {
    shown = runId;
    if (runId === null) return;
    kept = attempt(NOT_READ, () => takeMarks(shelf, runId)) ?? new Map();
    useView.setState({ bookmarks: kept });
  };
  const follow = () => {
    const { runId, bookmarks } = useView.getState();
    if (runId !== shown) {
      bring(runId);
    } else if (runId !== null && bookmarks !== kept) {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(keep, QUIET_MS);
    }
  };
  follow();
  const unsubscribe = useView.subscribe((view, before) => {
    // What waits to be kept belongs to the run before.
    if (view.runId !== before.runId && timer !== null && before.runId !== null) {
      clearTimeout(timer);
      timer = null;
      attempt(NOT_KEPT, () => putMarks(shelf, before.runId!, before.bookmarks));
    }
    if (view.runId !== before.runId || view.bookmarks !== before.bookmarks) follow();
  });
  const away = () => keep();
  const elsewhere = ({ key }: StorageEvent) => {
    if (shown !== null && key === keyOf(shown) && timer === null) bring(shown);
  };
  globalThis.addEventListener?.("pagehide", away);
  globalThis.addEventListener?.("storage", elsewhere);
  return () => {
    keep();
    unsubscribe();
    globalThis.removeEventListener?.("pagehide", away);
    globalThis.removeEventListener?.("storage", elsewhere);
  };
}

/** What a browser has kept of a run's bookmarks. Throws if it cannot be read. */
export function takeMarks(shelf: Shelf, runId: string): ReadonlyMap<NodeId, string> {
  const text = shelf.getItem(keyOf(runId));
  return text === null ? new Map() : sorted(new Map(Marks.parse(JSON.parse(text))));
}

/** Keeps a run's bookmarks, and drops those of runs that are too many. Throws if there is no room. */
export function putMarks(shelf: Shelf, runId: string, marks: ReadonlyMap<NodeId, string>): void {
  const runs = runsOn(shelf).filter((run) => run !== runId);
  if (marks.size === 0) {
    shelf.removeItem(keyOf(runId));
  } else {
    runs.push(runId);
    shelf.setItem(keyOf(runId), JSON.stringify([...marks]));
  }
  for (const run of runs.splice(0, runs.length - MAX_RUNS)) shelf.removeItem(keyOf(run));
  shelf.setItem(RUNS_KEY, JSON.stringify(runs));
}

/** Runs with bookmarks; none if the list is nobody's: the bookmarks themselves are still found by their run. */
function runsOn(shelf: Shelf): string[] {
  try {
    return Runs.parse(JSON.parse(shelf.getItem(RUNS_KEY) ?? "[]"));
  } catch {
    return [];
  }
}

const NOT_READ = msg("The bookmarks could not be read by this browser: {why}");
const NOT_KEPT = msg("The bookmarks could not be kept by this browser: {why}");

function attempt<T>(trouble: typeof NOT_READ | typeof NOT_KEPT, work: () => T): T | null {
  try {
    const result = work();
    useMarksTrouble.setState({ trouble: null });
    return result;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    useMarksTrouble.setState({ trouble: say(trouble, { why }) });
    return null;
  }
}

function sorted(marks: ReadonlyMap<NodeId, string>): ReadonlyMap<NodeId, string> {
  return new Map([...marks].sort(([a], [b]) => a - b));
}
