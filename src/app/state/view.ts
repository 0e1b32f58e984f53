import { create } from "zustand";
import type { NodeId } from "../../protocol/events.ts";
import { Tree } from "../../protocol/tree.ts";

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
  /** Whether the playhead sticks to the newest event. */
  readonly live: boolean;
  /** Whether time moves: either in a replay or, while `live`, with the run. */
  readonly playing: boolean;
  /** 1 is the pace at which the known part of the run takes about 8 s. */
  readonly speed: number;
  readonly selected: NodeId | null;
  /** Whether the camera follows the tree; ends when the user moves the camera. */
  readonly following: boolean;
  readonly theme: Theme;
  /** Scores at the two ends of the colour scale, 0 ≤ low < high ≤ 1. */
  readonly domain: readonly [low: number, high: number];
}

export const useView = create<View>()(() => ({
  runId: null,
  tree: new Tree(),
  version: 0,
  connection: { state: "idle" },
  at: -1,
  live: true,
  playing: false,
  speed: 1,
  selected: null,
  following: true,
  theme: "system",
  domain: [0, 1],
}));
