import { create } from "zustand";
import { type NodeId, ROOT } from "../../protocol/events.ts";
import { type Judge, type JudgedScores, Tree } from "../../protocol/tree.ts";
import { type Judging, NO_JUDGING } from "./judging.ts";
import {
  type Filter,
  type Find,
  type Folding,
  NO_FIND,
  NO_FOLDING,
  type Order,
} from "./reading.ts";

/** The way to the server, as far as the run on screen is concerned. */
export type Connection =
  /** No run is open. */
  | { readonly state: "idle" }
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  /** Lost; tried again in `inMs`. Nothing that was received is lost. */
  | { readonly state: "retrying"; readonly attempt: number; readonly inMs: number }
  /** The whole log is here. If `tree.ending` is null then, the run was interrupted. */
  | { readonly state: "ended" }
  /** Given up: no such run, a broken log. `message` is a sentence for people. */
  | { readonly state: "failed"; readonly message: string };

export type Theme = "system" | "light" | "dark";

/**
 * What the user is looking at. Only state that some React component renders
 * lives here; the camera and the hovered node change per frame and belong to
 * the canvas. Written by `actions.ts` and the session, read by everyone.
 */
export interface View {
  readonly runId: string | null;
  /** Mutable, with the same identity for one run; read it together with `version` and `at`. */
  readonly tree: Tree;
  /** +1 whenever `tree` changed, at most once per animation frame. */
  readonly version: number;
  readonly connection: Connection;
  /** Seq of the last event that is shown; −1 shows nothing. */
  readonly at: number;
  /** Seqs of what playback has just shown, both included; `[0, -1]` while it does not play. New with each frame: not for panels. */
  readonly fresh: readonly [from: number, to: number];
  /** Whether the playhead sticks to the newest event. */
  readonly live: boolean;
  /** Whether time moves: either in a replay or, while `live`, with the run. */
  readonly playing: boolean;
  /** 1 is the pace at which the known part of the run takes 9 s at most. */
  readonly speed: number;
  readonly selected: NodeId | null;
  /** A node whose line the pointer is on in some list: drawn lit, without being selected. */
  readonly peeked: NodeId | null;
  readonly order: Order;
  /** The node that is drawn as the root: `ROOT`, or that of a hoisted subtree. */
  readonly top: NodeId;
  readonly folding: Folding;
  readonly find: Find;
  /** What does not pass is dimmed, never hidden; null: everything passes. */
  readonly filter: Filter | null;
  /** Nodes that something happened to between two seqs, both included, are lit and the others dimmed. */
  readonly brush: readonly [from: number, to: number] | null;
  /** By node: 1 for those that whoever shows the tree wants lit; null: all. */
  readonly among: Uint8Array | null;
  /** Nodes that a person marked, with a note, which may be empty. Kept by the browser, run by run. */
  readonly bookmarks: ReadonlyMap<NodeId, string>;
  /** Whether text is drawn in the tree. */
  readonly labels: boolean;
  /** Whether steps are named by what they do, where a rule has a name, instead of shown. */
  readonly titles: boolean;
  /** Whether steps are shown as they are written, without mathematics. */
  readonly raw: boolean;
  /** Whether the camera follows the tree; ends when the user moves the camera. */
  readonly following: boolean;
  readonly theme: Theme;
  /** Whose scores colours and numbers in the tree are, where there are two verifiers. */
  readonly colorBy: Judge;
  /** Scores by somebody who is not in the log, in the place of those; null: nobody's. */
  readonly scores: JudgedScores | null;
  /** How two judges of the tree are held against each other. */
  readonly judging: Judging;
  /** Scores at the two ends of the colour scale, 0 ≤ low < high ≤ 1. */
  readonly domain: readonly [low: number, high: number];
}

export const useView = create<View>()(() => ({
  runId: null,
  tree: new Tree(),
  version: 0,
  connection: { state: "idle" },
  at: -1,
  fresh: [0, -1],
  live: true,
  playing: false,
  speed: 1,
  selected: null,
  peeked: null,
  order: "generated",
  top: ROOT,
  folding: NO_FOLDING,
  find: NO_FIND,
  filter: null,
  brush: null,
  among: null,
  bookmarks: new Map(),
  labels: true,
  titles: false,
  raw: false,
  following: true,
  theme: "system",
  colorBy: "search",
  scores: null,
  judging: NO_JUDGING,
  domain: [0, 1],
}));

/** The scores that colours and numbers show. */
export function shownScores({ tree, scores, colorBy }: View): JudgedScores {
  return scores ?? tree.scoresBy(colorBy);
}
