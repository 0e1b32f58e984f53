import type { NodeId } from "../../protocol/events.ts";
import { focusNode, select } from "../state/actions.ts";
import {
  type CameraRequest,
  type CameraView,
  cameraView,
  onCameraRequest,
  reportCamera,
} from "../state/camera.ts";
import { useView } from "../state/view.ts";
import {
  acrossOf,
  centerCamera,
  centerOf,
  type Place,
  rowHeight,
  type Viewport,
} from "./camera.ts";
import { CameraDriver } from "./camera-driver.ts";
import { onDisplayChange, prefersDark, prefersStillness, sizeCanvas } from "./display.ts";
import { drawTree } from "./draw.ts";
import { hitTest, SLOP } from "./hit-test.ts";
import { paletteOf } from "./palette.ts";
import { geometryOf } from "./scene.ts";
import { SceneKeeper } from "./scene-keeper.ts";
import { addTooltip } from "./tooltip.ts";
import { columnAt } from "./visible.ts";
import { VisibleNodes } from "./visible-nodes.ts";
import { addZoomGestures, type Gesture, type ZoomGestures } from "./zoom-gestures.ts";

/**
 * Gives a canvas its tree view: draws on change, follows, pans, zooms, selects.
 * Returns the function that takes it all away. React mounts this once and then
 * stays out of it: no frame goes through a render.
 */
export function mountTreeView(canvas: HTMLCanvasElement): () => void {
  const view = new TreeView(canvas);
  return () => view.remove();
}

type Point = readonly [x: number, y: number];

class TreeView {
  readonly #canvas: HTMLCanvasElement;
  readonly #ctx: CanvasRenderingContext2D;
  readonly #keeper = new SceneKeeper();
  readonly #driver = new CameraDriver();
  readonly #visible = new VisibleNodes();
  readonly #tooltip = addTooltip();
  readonly #gestures: ZoomGestures;
  readonly #undo: (() => void)[] = [];
  #viewport: Viewport = { width: 0, height: 0 };
  #frame = 0;
  #hovered: NodeId | null = null;
  /** Where a mouse is over the canvas, in its CSS px. */
  #pointer: Point | null = null;
  #runId: string | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#ctx = canvas.getContext("2d")!;
    this.#gestures = addZoomGestures(canvas, (gesture) => this.#gesture(gesture));
    const stop = new AbortController();
    const { signal } = stop;
    canvas.addEventListener("click", (event) => this.#click(event), { signal });
    canvas.addEventListener("dblclick", (event) => this.#doubleClick(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.#point(event), { signal });
    canvas.addEventListener("pointerleave", () => this.#leave(), { signal });
    const invalidate = () => this.#invalidate();
    this.#undo.push(
      () => stop.abort(),
      onDisplayChange(canvas, invalidate),
      onCameraRequest((request) => this.#answer(request)),
      useView.subscribe(invalidate),
    );
    invalidate();
  }

  remove(): void {
    for (const undo of this.#undo) undo();
    this.#gestures.remove();
    this.#tooltip.remove();
    cancelAnimationFrame(this.#frame);
  }

  /** Asks for one frame, however many changes arrive before it. */
  #invalidate(): void {
    this.#frame ||= requestAnimationFrame((time) => this.#draw(time));
  }

  #draw(time: number): void {
    this.#frame = 0;
    const { width, height, pixelRatio } = sizeCanvas(this.#canvas);
    this.#viewport = { width, height };
    if (width === 0 || height === 0) return;
    const stillness = prefersStillness();
    const view = useView.getState();
    this.#keeper.update(view, time, stillness);
    this.#moveCamera(time, stillness);
    const { camera } = this.#driver;
    if (camera === null) return;
    this.#hover();
    const palette = paletteOf(view.theme, prefersDark());
    drawTree(this.#ctx, this.#keeper.scene(view, this.#hovered, palette), camera, {
      viewport: this.#viewport,
      pixelRatio,
      visible: this.#visible,
    });
    if (this.#keeper.isMoving || this.#driver.isMoving) this.#invalidate();
  }

  #moveCamera(time: number, stillness: boolean): void {
    const { runId, following } = useView.getState();
    const bounds = this.#keeper.bounds();
    if (runId !== this.#runId) {
      this.#runId = runId;
      this.#driver.standAt(null);
    }
    if (bounds === null) return;
    const { camera } = this.#driver;
    const place = cameraView();
    if (following) this.#driver.fit(bounds, this.#viewport);
    else if (camera === null && place !== null) this.#standAt(place);
    else if (camera === null) this.#driver.fit(bounds, this.#viewport);
    this.#driver.advance(time, stillness);
    this.#gestures.sync(this.#driver.camera!.zoom, this.#driver.extent(bounds, this.#viewport));
    reportCamera(following ? null : this.#cameraView());
  }

  #gesture({ zoom, from, to }: Gesture): void {
    this.#driver.gesture(zoom, from, to);
    if (useView.getState().following) useView.setState({ following: false });
    this.#invalidate();
  }

  #answer(request: CameraRequest): void {
    // The view may have changed since the last frame.
    this.#keeper.update(useView.getState(), performance.now(), prefersStillness());
    const viewport = this.#viewport;
    switch (request.to) {
      case "fit": {
        const bounds = this.#keeper.bounds();
        if (bounds !== null) this.#driver.fit(bounds, viewport);
        break;
      }
      case "focus":
        this.#driver.focus(this.#placeOf(request.node), viewport);
        break;
      case "show":
        if (this.#driver.show(this.#placeOf(request.node), viewport)) {
          useView.setState({ following: false });
        }
        break;
      case "place":
        this.#standAt(request.view);
        break;
    }
    this.#invalidate();
  }

  #placeOf(node: NodeId): Place {
    const { tree } = useView.getState();
    return { x: this.#keeper.columnX[tree.depth[node]!]!, row: this.#keeper.layout.row[node]! };
  }

  /** Where the camera stands, for links: columns keep their numbers when their widths change. */
  #cameraView(): CameraView {
    const camera = this.#driver.camera!;
    const { x, row } = centerOf(camera, this.#viewport);
    const { columnX } = this.#keeper;
    const column = Math.max(columnAt(columnX, columnX.length - 1, x), 0);
    const share = (x - columnX[column]!) / (columnX[column + 1]! - columnX[column]!);
    return { column: column + share, row, across: acrossOf(camera), rowPx: rowHeight(camera) };
  }

  #standAt({ column, row, across, rowPx }: CameraView): void {
    const { columnX } = this.#keeper;
    const whole = Math.min(Math.max(Math.floor(column), 0), columnX.length - 2);
    const x = columnX[whole]! + (column - whole) * (columnX[whole + 1]! - columnX[whole]!);
    const camera = { x: 0, y: 0, zoom: 1, across, rowPx };
    this.#driver.standAt(centerCamera(camera, { x, row }, this.#viewport));
  }

  #click(event: MouseEvent): void {
    select(this.#nodeAt(pointOf(event), slopOf(event)));
  }

  #doubleClick(event: MouseEvent): void {
    const node = this.#nodeAt(pointOf(event), slopOf(event));
    if (node !== null) focusNode(node);
  }

  #point(event: PointerEvent): void {
    this.#pointer = event.pointerType === "mouse" ? pointOf(event) : null;
    const before = this.#hovered;
    this.#hover();
    if (this.#hovered !== before) this.#invalidate();
  }

  #leave(): void {
    this.#pointer = null;
    this.#hover();
    this.#invalidate();
  }

  /** Finds out what the pointer is over, now that it or what is under it has moved. */
  #hover(): void {
    const isOver = this.#pointer !== null && !this.#gestures.isActive;
    this.#hovered = isOver ? this.#nodeAt(this.#pointer!, SLOP.mouse) : null;
    this.#canvas.toggleAttribute("data-over-node", this.#hovered !== null);
    if (this.#hovered === null) {
      this.#tooltip.hide();
      return;
    }
    const { tree, at } = useView.getState();
    const { left, top } = this.#canvas.getBoundingClientRect();
    const [x, y] = this.#pointer!;
    const facts = { tree, at, node: this.#hovered, topK: this.#keeper.topK };
    this.#tooltip.show(facts, [left + x, top + y]);
  }

  #nodeAt(point: Point, slop: number): NodeId | null {
    const { camera } = this.#driver;
    if (camera === null) return null;
    const view = useView.getState();
    const scene = this.#keeper.scene(view, null, paletteOf(view.theme, false));
    const geometry = geometryOf(camera, this.#viewport, scene);
    return hitTest({ scene, geometry, labelled: this.#visible.labelled }, point, slop);
  }
}

function pointOf(event: MouseEvent): Point {
  return [event.offsetX, event.offsetY];
}

/** Fingers are less precise than mice. */
function slopOf(event: MouseEvent): number {
  return event instanceof PointerEvent && event.pointerType === "touch" ? SLOP.touch : SLOP.mouse;
}
