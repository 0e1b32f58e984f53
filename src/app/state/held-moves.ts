/** How the camera moves in a step: a factor, and shares of the view's size to the right and down. */
export interface CameraStep {
  readonly zoom: number;
  readonly right: number;
  readonly down: number;
}

/** What a held key does. */
export type HeldMove = "zoomIn" | "zoomOut" | "panLeft" | "panRight" | "panUp" | "panDown";

/** At full speed: logarithm of the zoom, and shares of the view, per second. */
const SPEEDS = { zoom: 1.9, right: 0.9, down: 0.9 };
/** Time constant of getting there and of coming to rest, ms. */
const EASE_MS = 70;
/** Slower than this share of full speed is standing still. */
const REST = 0.004;
/** Steps are no longer than this, ms: a hidden tab must not jump. */
const LONGEST_STEP_MS = 64;

const AXES = ["zoom", "right", "down"] as const;
type Axis = (typeof AXES)[number];

const PUSHES: Readonly<Record<HeldMove, readonly [axis: Axis, sign: 1 | -1]>> = {
  zoomIn: ["zoom", 1],
  zoomOut: ["zoom", -1],
  panLeft: ["right", -1],
  panRight: ["right", 1],
  panUp: ["down", -1],
  panDown: ["down", 1],
};

/**
 * The camera as held keys drive it. It speeds up and comes to rest smoothly; how far it
 * comes does not depend on how often it is asked.
 */
export class HeldMoves {
  readonly #held = new Set<HeldMove>();
  /** Shares of full speed. */
  readonly #speed: Record<Axis, number> = { zoom: 0, right: 0, down: 0 };

  press(move: HeldMove): void {
    this.#held.add(move);
  }

  release(move: HeldMove): void {
    this.#held.delete(move);
  }

  releaseAll(): void {
    this.#held.clear();
  }

  /** The step of the next `elapsed` ms, at full speed at once if stillness is wanted; null: it stands. */
  advance(elapsed: number, stillness: boolean): CameraStep | null {
    const ms = Math.min(Math.max(elapsed, 0), LONGEST_STEP_MS);
    const ways = { zoom: 0, right: 0, down: 0 };
    let isMoving = this.#held.size > 0;
    for (const axis of AXES) {
      ways[axis] = this.#advance(axis, ms, stillness);
      isMoving ||= this.#speed[axis] !== 0;
    }
    if (!isMoving) return null;
    const { zoom, right, down } = ways;
    return { zoom: Math.exp(zoom), right, down };
  }

  #advance(axis: Axis, ms: number, stillness: boolean): number {
    const wanted = this.#wanted(axis);
    const before = this.#speed[axis];
    const rest = stillness ? 0 : Math.exp(-ms / EASE_MS);
    const after = wanted + (before - wanted) * rest;
    this.#speed[axis] = wanted === 0 && Math.abs(after) < REST ? 0 : after;
    const way = stillness ? wanted * ms : wanted * ms + (before - wanted) * EASE_MS * (1 - rest);
    return (SPEEDS[axis] * way) / 1000;
  }

  #wanted(axis: Axis): number {
    let wanted = 0;
    for (const move of this.#held) if (PUSHES[move][0] === axis) wanted += PUSHES[move][1];
    return wanted;
  }
}
