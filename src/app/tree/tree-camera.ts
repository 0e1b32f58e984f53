import type { NodeId } from "../../protocol/events.ts";
import type { CameraRequest, CameraView } from "../state/camera.ts";
import type { Pane } from "../state/pane.ts";
import type { View } from "../state/view.ts";
import {
  acrossOf,
  type Camera,
  centerCamera,
  centerOf,
  fitCamera,
  type Place,
  rowHeight,
  type Viewport,
} from "./camera.ts";
import { CameraDriver } from "./camera-driver.ts";
import { columnOf, itemOf } from "./ground.ts";
import type { SceneKeeper } from "./scene-keeper.ts";
import { subtreeBounds } from "./subtree-bounds.ts";
import { columnAt } from "./visible.ts";
import type { Gesture } from "./zoom-gestures.ts";

/** What the camera needs to know of the tree that it looks at. */
type Sights = Pick<SceneKeeper, "bounds" | "columnX" | "placement" | "places">;

/**
 * The camera of a tree view: it follows the tree until it is moved by hand, and does what
 * it is asked for as soon as everything that this needs has its place.
 */
export class TreeCamera {
  readonly #pane: Pick<Pane, "camera" | "view">;
  readonly #sights: Sights;
  readonly #driver = new CameraDriver();
  #viewport: Viewport = { width: 0, height: 0 };
  /** What it was asked for and cannot do yet. */
  #waiting: CameraRequest | null = null;

  constructor(pane: Pick<Pane, "camera" | "view">, sights: Sights) {
    this.#pane = pane;
    this.#sights = sights;
  }

  /** Where it stands; null until there is something to look at. */
  get camera(): Camera | null {
    return this.#driver.camera;
  }

  /** Whether it is on its way. */
  get isMoving(): boolean {
    return this.#driver.isMoving;
  }

  /** How far it can be zoomed, least and most. Only where something is shown. */
  get extent(): [number, number] {
    return this.#driver.extent(this.#sights.bounds()!, this.#viewport);
  }

  /** Is nowhere: another tree is looked at. */
  forget(): void {
    this.#driver.standAt(null);
  }

  /** Takes the place of a request that is still waiting. */
  ask(request: CameraRequest): void {
    this.#waiting = request;
  }

  gesture({ zoom, from, to }: Gesture): void {
    this.#driver.gesture(zoom, from, to);
  }

  /**
   * Brings it to where it is at `time`, ms, and tells others; at once if `stillness` is
   * wanted. Where nothing is shown yet it stays nowhere, and `false` is returned.
   */
  advance({ following }: View, viewport: Viewport, time: number, stillness: boolean): boolean {
    this.#viewport = viewport;
    const bounds = this.#sights.bounds();
    if (bounds === null) return false;
    const place = this.#pane.camera.view();
    if (following) this.#driver.fit(bounds, viewport);
    else if (this.camera === null && place !== null) this.#standAt(place);
    else if (this.camera === null) this.#driver.fit(bounds, viewport);
    this.#tryWaiting();
    this.#driver.advance(time, stillness);
    this.#pane.camera.report(following ? null : this.#cameraView());
    return true;
  }

  /** Does what it was asked for, if everything that it needs has its place. */
  #tryWaiting(): void {
    const request = this.#waiting;
    const { places } = this.#sights;
    if (request === null || !places.isArranged) return;
    if ("node" in request && this.#itemOf(request.node) === null && !places.isSettled) return;
    this.#waiting = null;
    this.#do(request);
  }

  #do(request: CameraRequest): void {
    const viewport = this.#viewport;
    const place = "node" in request ? this.#placeOf(request.node) : null;
    switch (request.to) {
      case "fit":
        this.#driver.fit(this.#sights.bounds()!, viewport);
        break;
      case "focus":
        if (place !== null) this.#driver.focus(place, viewport);
        break;
      case "show":
        if (place !== null && this.#driver.show(place, viewport)) {
          this.#pane.view.setState({ following: false });
        }
        break;
      case "place":
        this.#standAt(request.view);
        break;
      case "move":
        this.#move(request);
        break;
      case "fitSubtree":
        this.#fitSubtree(request.node);
        break;
    }
  }

  #move({ zoom, right, down }: Extract<CameraRequest, { to: "move" }>): void {
    const { camera } = this;
    if (camera === null) return;
    const { width, height } = this.#viewport;
    const [least, most] = this.extent;
    this.#driver.gesture(
      Math.min(Math.max(camera.zoom * zoom, least), most),
      [width * (0.5 + right), height * (0.5 + down)],
      [width / 2, height / 2],
    );
  }

  #fitSubtree(node: NodeId): void {
    const item = this.#itemOf(node);
    if (item === null) return;
    const { parent, depth } = this.#pane.view.getState().tree;
    const { columnX, placement } = this.#sights;
    const ground = { ...placement, row: placement.layout.row, parent, depth };
    const { bounds, column } = subtreeBounds(ground, columnX, item);
    const fitted = fitCamera(bounds, this.#viewport);
    this.#driver.goTo({ ...fitted, x: fitted.x - columnX[column]! * acrossOf(fitted) });
  }

  /** The item in whose place a node is shown; null if it has none. */
  #itemOf(node: NodeId): NodeId | null {
    const item = itemOf(this.#sights.placement, node);
    return item < 0 ? null : item;
  }

  #placeOf(node: NodeId): Place | null {
    const item = this.#itemOf(node);
    if (item === null) return null;
    const { depth } = this.#pane.view.getState().tree;
    const { placement, columnX } = this.#sights;
    const column = columnOf({ depth, top: placement.top }, item);
    return { x: columnX[column]!, row: placement.layout.row[item]! };
  }

  /** Where it stands, for links: columns keep their numbers when their widths change. */
  #cameraView(): CameraView {
    const camera = this.camera!;
    const { x, row } = centerOf(camera, this.#viewport);
    const { columnX } = this.#sights;
    const column = Math.max(columnAt(columnX, columnX.length - 1, x), 0);
    const share = (x - columnX[column]!) / (columnX[column + 1]! - columnX[column]!);
    return { column: column + share, row, across: acrossOf(camera), rowPx: rowHeight(camera) };
  }

  #standAt({ column, row, across, rowPx }: CameraView): void {
    const { columnX } = this.#sights;
    const whole = Math.min(Math.max(Math.floor(column), 0), columnX.length - 2);
    const x = columnX[whole]! + (column - whole) * (columnX[whole + 1]! - columnX[whole]!);
    const camera = { x: 0, y: 0, zoom: 1, across, rowPx };
    this.#driver.standAt(centerCamera(camera, { x, row }, this.#viewport));
  }
}
