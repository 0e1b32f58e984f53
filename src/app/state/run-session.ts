import { EVENT_KINDS } from "../../protocol/event-kinds.ts";
import type { RunEvent, UnknownEvent } from "../../protocol/events.ts";
import { Tree, TreeError } from "../../protocol/tree.ts";
import { Intake } from "./intake.ts";
import { advance, FreshEvents, NOTHING_FRESH, pace, type SeqRange } from "./playback.ts";
import { nextRoundStart, previousRoundStart } from "./rounds.ts";
import type { Connection, View } from "./view.ts";

/** What the playhead does when time goes on. */
type Mode =
  /** It is the newest event, whatever arrives. */
  | "sticky"
  /** It plays at a pace that can be watched, up to the newest event. */
  | "paced"
  /** It stays. */
  | "held";

/** Playing counts as live until it is this far behind, s. */
const LIVE_LAG_S = 0.5;

/** A moment in a run to begin with. */
export type Beginning =
  | { readonly from: "newest" }
  /** Play from the first event on. */
  | { readonly from: "start" }
  | { readonly from: "seq"; readonly at: number };

const MODES: Readonly<Record<Beginning["from"], Mode>> = {
  newest: "sticky",
  start: "paced",
  seq: "held",
};

/** What a session tells the rest of the page, once a frame at most. */
export type SessionView = Pick<
  View,
  "runId" | "tree" | "version" | "connection" | "at" | "fresh" | "live" | "playing" | "speed"
>;

export interface SessionOptions {
  readonly runId: string;
  readonly beginning: Beginning;
  readonly speed: number;
  /** Calls back once, before the next paint, with the time in ms. */
  readonly requestFrame: (callback: (time: number) => void) => void;
  /** Time in ms, for measuring how long something took. */
  readonly now?: () => number;
  readonly publish: (view: SessionView) => void;
  /** The log contradicts itself: nothing more can be folded. */
  readonly onBroken: () => void;
}

/**
 * One open run: its tree, its playhead, and the events that wait for the next
 * frame. Events are folded at most once per animation frame, for a slice of it;
 * the frame after that belongs to the page, which draws then what it was told.
 * Frames are only asked for when something moves.
 */
export class RunSession {
  readonly runId: string;
  readonly tree = new Tree();
  readonly #options: SessionOptions;
  readonly #intake: Intake;
  #connection: Connection = { state: "connecting" };
  /** Told once all that came before it is folded. */
  #nextConnection: Connection = this.#connection;
  #mode: Mode;
  /** Seq of the playhead with a fraction; may lie beyond what is known yet. */
  #position: number;
  #caughtUp = false;
  #atFirstStep: boolean;
  #speed: number;
  #frameAsked = false;
  /** Whether something was folded in the frame before, which the page draws in this one. */
  #isDrawing = false;
  #told: SessionView | null = null;
  #lastFrame: number | null = null;
  #glow: FreshEvents | null = null;
  #fresh: SeqRange = NOTHING_FRESH;
  #closed = false;

  constructor(options: SessionOptions) {
    this.runId = options.runId;
    this.#options = options;
    this.#intake = new Intake(this.tree, options.now ?? (() => performance.now()));
    this.#speed = options.speed;
    const { beginning } = options;
    this.#mode = MODES[beginning.from];
    this.#position = beginning.from === "seq" ? beginning.at : -1;
    this.#atFirstStep = beginning.from !== "start";
    this.#glow = beginning.from === "start" ? new FreshEvents(-1) : null;
  }

  /** Seq of the last event that is shown. */
  get at(): number {
    return this.#mode === "sticky"
      ? this.tree.seq
      : Math.min(Math.floor(this.#position), this.tree.seq);
  }

  /** Seq that the playhead is held at, known already or not; `null` while it is not held. */
  get heldAt(): number | null {
    return this.#mode === "held" ? Math.floor(this.#position) : null;
  }

  get live(): boolean {
    return this.#mode === "sticky" || (this.#mode === "paced" && this.#caughtUp);
  }

  get playing(): boolean {
    if (this.#mode === "held") return false;
    return this.#mode === "paced" || !this.#isComplete();
  }

  view(): SessionView {
    return {
      runId: this.runId,
      tree: this.tree,
      version: this.tree.version,
      connection: this.#connection,
      at: this.at,
      fresh: this.#fresh,
      live: this.live,
      playing: this.playing,
      speed: this.#speed,
    };
  }

  /**
   * Takes events of this run, in the order of their seq. They show at the next
   * frame, or in a later one if there are many. Who brings them should wait for the
   * promise, if there is one, before the next: a frame can take no more.
   */
  receive(events: (RunEvent | UnknownEvent)[]): Promise<void> | undefined {
    this.#wake();
    return this.#intake.receive(events);
  }

  connect(connection: Connection): void {
    this.#nextConnection = connection;
    this.#wake();
  }

  /** Holds the playhead at an event, as soon as it is known. */
  hold(seq: number): void {
    this.#mode = "held";
    this.#position = Math.max(seq, 0);
    this.#glow = null;
    this.#wake();
  }

  /** Holds the playhead at an event, within the known ones. */
  seek(seq: number): void {
    this.hold(Math.min(seq, this.tree.seq));
  }

  step(by: 1 | -1): void {
    this.seek(this.at + by);
  }

  stepRound(by: 1 | -1): void {
    const target =
      by === 1 ? nextRoundStart(this.tree, this.at) : previousRoundStart(this.tree, this.at);
    this.seek(target ?? (by === 1 ? this.tree.seq : 0));
  }

  play(): void {
    if (this.#mode === "paced") return;
    const atEnd = this.at >= this.tree.seq && this.#isComplete();
    this.#glow = new FreshEvents(atEnd ? -1 : this.at);
    this.#position = atEnd ? 0 : this.at;
    this.#mode = "paced";
    this.#caughtUp = false;
    this.#lastFrame = null;
    this.#wake();
  }

  pause(): void {
    this.seek(this.at);
  }

  togglePlay(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#wake();
  }

  goLive(): void {
    this.#mode = "sticky";
    this.#glow = null;
    this.#wake();
  }

  /** From here on nothing of this run reaches the page. */
  close(): void {
    this.#closed = true;
    this.#intake.close();
  }

  #wake(): void {
    if (this.#frameAsked || this.#closed) return;
    this.#frameAsked = true;
    this.#options.requestFrame((time) => this.#frame(time));
  }

  #frame(time: number): void {
    this.#frameAsked = false;
    if (this.#closed) return;
    const known = this.tree.seq;
    if (!this.#isDrawing) this.#fold(time);
    this.#isDrawing = this.tree.seq > known;
    if (this.#intake.isEmpty) this.#connection = this.#nextConnection;
    if (this.#mode === "paced") this.#play(time);
    this.#fresh = this.#glow?.frame(time, this.at) ?? NOTHING_FRESH;
    if (this.#fresh !== NOTHING_FRESH) this.#wake();
    this.#publish();
    if (this.#isDrawing || !this.#intake.isEmpty) this.#wake();
  }

  /** Tells the page, if anything is not as it was told last. */
  #publish(): void {
    const view = this.view();
    if (this.#told !== null && isSame(view, this.#told)) return;
    this.#told = view;
    this.#options.publish(view);
  }

  #fold(time: number): void {
    try {
      this.#intake.fold(time);
    } catch (error) {
      // A log that contradicts itself is shown up to there, with what is wrong.
      if (!(error instanceof TreeError)) throw error;
      this.#nextConnection = { state: "failed", message: error.message };
      this.#options.onBroken();
    }
  }

  #play(time: number): void {
    const { tree } = this;
    const elapsedMs = this.#lastFrame === null ? 0 : time - this.#lastFrame;
    this.#lastFrame = time;
    if (!this.#atFirstStep) this.#skipToFirstStep();
    this.#position = advance(this.#position, { elapsedMs, newest: tree.seq, speed: this.#speed });

    const lag = tree.seq - this.#position;
    this.#caughtUp =
      lag <= 0 || (this.#caughtUp && lag < LIVE_LAG_S * pace(tree.seq + 1, this.#speed));
    if (lag > 0) this.#wake();
    else if (this.#isComplete()) this.#mode = "sticky";
    else this.#lastFrame = null;
  }

  /** A run that was just started shows its first step at once; watching nothing is dull. */
  #skipToFirstStep(): void {
    const { tree } = this;
    let seq = Math.max(Math.floor(this.#position), 0);
    while (seq <= tree.seq && EVENT_KINDS[tree.eventKindAt(seq)] !== "proposed") seq++;
    this.#position = Math.min(seq, tree.seq);
    this.#atFirstStep = seq <= tree.seq;
  }

  #isComplete(): boolean {
    const { state } = this.#connection;
    return this.tree.ending !== null || state === "ended" || state === "failed";
  }
}

function isSame(a: SessionView, b: SessionView): boolean {
  return (Object.keys(a) as (keyof SessionView)[]).every((field) => a[field] === b[field]);
}
