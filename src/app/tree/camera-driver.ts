import {
  type Bounds,
  type Camera,
  centerCamera,
  easeCamera,
  fitCamera,
  isSameCamera,
  moveCamera,
  type Place,
  readableCamera,
  showPlace,
  type Viewport,
  zoomExtent,
} from "./camera.ts";

/** Time constant of the camera's way to a target, ms. */
const EASE_MS = 110;
/** Steps of the way are no longer than this, ms: a hidden tab must not jump. */
const LONGEST_STEP_MS = 64;

/** Where the camera is, where it is going, and who moves it. */
export class CameraDriver {
  #camera: Camera | null = null;
  #target: Camera | null = null;
  #time = Number.NaN;

  get camera(): Camera | null {
    return this.#camera;
  }

  get isMoving(): boolean {
    return this.#target !== null;
  }

  /** Goes where it is told, at once if it is nowhere yet. */
  goTo(target: Camera): void {
    if (this.#camera === null) this.#camera = target;
    else if (this.#target === null && isSameCamera(this.#camera, target)) return;
    else this.#target = target;
  }

  /** Stands there at once. */
  standAt(camera: Camera | null): void {
    this.#camera = camera;
    this.#target = null;
  }

  fit(bounds: Bounds, viewport: Viewport): void {
    this.goTo(fitCamera(bounds, viewport));
  }

  focus(place: Place, viewport: Viewport): void {
    if (this.#camera === null) return;
    this.goTo(centerCamera(readableCamera(this.#camera), place, viewport));
  }

  /** Moves only if the place is out of view. Says whether it does. */
  show(place: Place, viewport: Viewport): boolean {
    const camera = this.#target ?? this.#camera;
    if (camera === null) return false;
    const moved = showPlace(camera, place, viewport);
    if (moved.x === camera.x && moved.y === camera.y) return false;
    this.goTo(moved);
    return true;
  }

  /** A gesture takes over from wherever the camera is on its way. */
  gesture(zoom: number, from: readonly [number, number], to: readonly [number, number]): void {
    if (this.#camera === null) return;
    this.standAt(moveCamera(this.#camera, { zoom, from, to }));
  }

  /** Takes the next step of the way. `time` in ms; at once if `stillness` is wanted. */
  advance(time: number, stillness: boolean): void {
    const elapsed = Number.isNaN(this.#time) ? 16 : time - this.#time;
    this.#time = this.#target === null ? Number.NaN : time;
    if (this.#camera === null || this.#target === null) return;
    const step = Math.min(Math.max(elapsed, 0), LONGEST_STEP_MS);
    const share = stillness ? 1 : 1 - Math.exp(-step / EASE_MS);
    this.#camera = easeCamera(this.#camera, this.#target, share);
    if (isSameCamera(this.#camera, this.#target)) this.standAt(this.#target);
  }

  extent(bounds: Bounds, viewport: Viewport): [number, number] {
    return this.#camera === null ? [0.1, 10] : zoomExtent(this.#camera, bounds, viewport);
  }
}
