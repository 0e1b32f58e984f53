import type { NodeId } from "../../protocol/events.ts";
import { focusNode, select, setFolded } from "../state/actions.ts";
import { useArranged } from "../state/arranged.ts";
import {
  type CameraRequest,
  type CameraView,
  cameraView,
  onCameraRequest,
  reportCamera,
} from "../state/camera.ts";
import { useView } from "../state/view.ts";
import { arrangedOf } from "./arranged-of.ts";
import {
  acrossOf,
  centerCamera,
  centerOf,
  fitCamera,
  type Place,
  rowHeight,
  type Viewport,
} from "./camera.ts";
import { CameraDriver } from "./camera-driver.ts";
import { type Card, type Cards, mountCards } from "./cards.ts";
import { onDisplayChange, prefersDark, prefersStillness, sizeCanvas } from "./display.ts";
import { drawTree } from "./draw.ts";
import type { Backdrop } from "./draw-backdrop.ts";
import { columnOf, isFolded, isGroup, itemOf } from "./ground.ts";
import { hitTest, SLOP } from "./hit-test.ts";
import { onLongPress } from "./long-press.ts";
import { paletteOf } from "./palette.ts";
import { type Contents, PictureKeeper, REST_MS } from "./picture-keeper.ts";
import { NOWHERE } from "./place-keeper.ts";
import { type Geometry, geometryOf, roomIn, type Scene } from "./scene.ts";
import { SceneKeeper } from "./scene-keeper.ts";
import { subtreeBounds } from "./subtree-bounds.ts";
import { addTooltip } from "./tooltip.ts";
import { cardsInView, showsCards } from "./tree-cards.ts";
import type { Placement } from "./view-messages.ts";
import { columnAt, countInView } from "./visible.ts";
import { VisibleNodes } from "./visible-nodes.ts";
import { WorkerLink } from "./worker-link.ts";
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
  readonly #link = new WorkerLink((message) => this.#fail(message));
  readonly #keeper = new SceneKeeper(this.#link, (pictures) => {
    this.#pictures.take(pictures, this.#keeper.places.placement, performance.now());
    this.#invalidate();
  });
  readonly #pictures = new PictureKeeper();
  readonly #driver = new CameraDriver();
  readonly #visible = new VisibleNodes();
  readonly #tooltip = addTooltip();
  readonly #cards: Cards;
  readonly #gestures: ZoomGestures;
  readonly #undo: (() => void)[] = [];
  #viewport: Viewport = { width: 0, height: 0 };
  #frame = 0;
  #hovered: NodeId | null = null;
  /** Where a mouse is over the canvas, or a finger rests on it, in its CSS px. */
  #pointer: Point | null = null;
  /** Whether it is a finger. */
  #isPressed = false;
  #runId: string | null = null;
  /** Whether anything of the run was drawn without a picture: then it must not vanish. */
  #hasDrawn = false;
  #published: Placement = NOWHERE;
  #publishedAt = Number.NEGATIVE_INFINITY;
  #publishing: ReturnType<typeof setTimeout> | null = null;
  #redrawing: ReturnType<typeof setTimeout> | null = null;
  /** What the camera was asked for and cannot do before everything has its place. */
  #waiting: CameraRequest | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#ctx = canvas.getContext("2d")!;
    this.#cards = mountCards(canvas.parentElement!);
    this.#gestures = addZoomGestures(canvas, (gesture) => this.#gesture(gesture));
    const stop = new AbortController();
    const { signal } = stop;
    canvas.addEventListener("click", (event) => this.#click(event), { signal });
    canvas.addEventListener("dblclick", (event) => this.#doubleClick(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.#point(event), { signal });
    canvas.addEventListener("pointerleave", () => this.#leave(), { signal });
    const undoPress = onLongPress(canvas, (point) => {
      this.#pointer = point;
      this.#isPressed = point !== null;
      if (point === null) this.#leave();
      else this.#hover();
    });
    const invalidate = () => this.#invalidate();
    this.#undo.push(
      () => stop.abort(),
      undoPress,
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
    this.#cards.remove();
    this.#keeper.places.end();
    this.#link.end();
    this.#pictures.forget();
    if (this.#publishing !== null) clearTimeout(this.#publishing);
    if (this.#redrawing !== null) clearTimeout(this.#redrawing);
    useArranged.setState({ arranged: null });
    cancelAnimationFrame(this.#frame);
  }

  /** Without the worker there is no tree to see, which must not look like an empty one. */
  #fail(message: string): void {
    const notice = document.createElement("p");
    notice.className = "tree-failure";
    notice.role = "alert";
    notice.textContent = `The tree cannot be drawn any more: ${message}. Reload the page to try again.`;
    this.#canvas.after(notice);
    this.#undo.push(() => notice.remove());
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
    this.#publish();
    this.#moveCamera(time, stillness);
    const { camera } = this.#driver;
    if (camera === null) return;
    this.#hover();
    const palette = paletteOf(view.theme, prefersDark());
    const scene = this.#keeper.scene(view, this.#hovered, palette);
    const geometry = geometryOf(camera, this.#viewport, scene);
    drawTree(this.#ctx, scene, camera, {
      viewport: this.#viewport,
      pixelRatio,
      visible: this.#visible,
      backdrop: this.#backdrop(scene, geometry, pixelRatio),
    });
    const hasCards = showsCards(geometry, scene);
    this.#cards.update(hasCards ? cardsInView(scene, geometry, this.#visible, view.raw) : NO_CARDS);
    if (this.#keeper.isMoving || this.#driver.isMoving) this.#invalidate();
  }

  /** Tells others how the tree is arranged: at once if it was asked to be, else at a pace that panels can follow. */
  #publish(): void {
    const { placement } = this.#keeper;
    if (placement === this.#published || this.#publishing !== null) return;
    const isGrowth = placement.top === this.#published.top && this.#published !== NOWHERE;
    const wait = isGrowth ? this.#publishedAt + PUBLISH_MS - performance.now() : 0;
    if (wait <= 0) this.#publishNow();
    else this.#publishing = setTimeout(() => this.#publishNow(), wait);
  }

  #publishNow(): void {
    if (this.#publishing !== null) clearTimeout(this.#publishing);
    this.#publishing = null;
    this.#published = this.#keeper.placement;
    this.#publishedAt = performance.now();
    const isKnown = this.#published.layout.count > 0;
    const { tree } = useView.getState();
    const arranged = isKnown ? arrangedOf(tree, () => this.#keeper.placement) : null;
    useArranged.setState({ arranged });
  }

  /** The pictures that stand for marks and edges; null where these are few enough to be drawn. */
  #backdrop(scene: Scene, geometry: Geometry, pixelRatio: number): Backdrop | null {
    const { places } = this.#keeper;
    const bounds = this.#keeper.bounds();
    const count = hasLabels(scene, geometry) ? 0 : countInView(scene, geometry, FEW.least);
    if (count < FEW.least || bounds === null || this.#keeper.isMoving) {
      places.wish(null);
      this.#hasDrawn = true;
      return null;
    }
    const { tree, theme, following } = useView.getState();
    const sight = {
      ...{ viewport: this.#viewport, pixelRatio, bounds, following },
      scales: { x: geometry.x, y: geometry.y, across: geometry.across, row: geometry.row },
    };
    const isDark = theme === "system" ? prefersDark() : theme === "dark";
    places.wish((arranging, place) => {
      const contents: Contents = {
        placement: place ? null : places.placement,
        looks: this.#keeper.looksSerial,
        columnX: this.#keeper.columnsBelow(tree, arranging.top),
        theme: isDark ? "dark" : "light",
      };
      return this.#pictures.missing(sight, contents, performance.now());
    });
    if (this.#pictures.isPutOff) this.#redrawing ??= setTimeout(() => this.#redraw(), REST_MS);
    const isLong = countInView(scene, geometry, FEW.most) >= FEW.most;
    const isMissed = this.#pictures.isEmpty && this.#hasDrawn && !isLong;
    return isMissed ? null : this.#pictures.backdrop;
  }

  #redraw(): void {
    this.#redrawing = null;
    this.#invalidate();
  }

  #moveCamera(time: number, stillness: boolean): void {
    const { runId, following } = useView.getState();
    const bounds = this.#keeper.bounds();
    if (runId !== this.#runId) {
      this.#runId = runId;
      this.#driver.standAt(null);
      this.#pictures.forget();
      this.#hasDrawn = false;
    }
    if (bounds === null) return;
    const { camera } = this.#driver;
    const place = cameraView();
    if (following) this.#driver.fit(bounds, this.#viewport);
    else if (camera === null && place !== null) this.#standAt(place);
    else if (camera === null) this.#driver.fit(bounds, this.#viewport);
    this.#tryWaiting();
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
    this.#waiting = request;
    this.#invalidate();
  }

  /** Does what the camera was asked for, if everything that it needs has its place. */
  #tryWaiting(): void {
    const request = this.#waiting;
    const { places } = this.#keeper;
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
        this.#driver.fit(this.#keeper.bounds()!, viewport);
        break;
      case "focus":
        if (place !== null) this.#driver.focus(place, viewport);
        break;
      case "show":
        if (place !== null && this.#driver.show(place, viewport)) {
          useView.setState({ following: false });
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
    const { camera } = this.#driver;
    if (camera === null) return;
    const { width, height } = this.#viewport;
    const [least, most] = this.#driver.extent(this.#keeper.bounds()!, this.#viewport);
    this.#driver.gesture(
      Math.min(Math.max(camera.zoom * zoom, least), most),
      [width * (0.5 + right), height * (0.5 + down)],
      [width / 2, height / 2],
    );
  }

  #fitSubtree(node: NodeId): void {
    const item = this.#itemOf(node);
    if (item === null) return;
    const { tree } = useView.getState();
    const { columnX, placement } = this.#keeper;
    const { parent, depth } = tree;
    const ground = { ...placement, row: placement.layout.row, parent, depth };
    const { bounds, column } = subtreeBounds(ground, columnX, item);
    const fitted = fitCamera(bounds, this.#viewport);
    this.#driver.goTo({ ...fitted, x: fitted.x - columnX[column]! * acrossOf(fitted) });
  }

  /** The item in whose place a node is shown; null if it has none. */
  #itemOf(node: NodeId): NodeId | null {
    const item = itemOf(this.#keeper.placement, node);
    return item < 0 ? null : item;
  }

  #placeOf(node: NodeId): Place | null {
    const item = this.#itemOf(node);
    if (item === null) return null;
    const { depth } = useView.getState().tree;
    const { placement, columnX } = this.#keeper;
    const column = columnOf({ depth, top: placement.top }, item);
    return { x: columnX[column]!, row: placement.layout.row[item]! };
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
    if (node === null) return;
    if (isFolded(this.#keeper.placement, node)) setFolded(node, false);
    else focusNode(node);
  }

  #point(event: PointerEvent): void {
    if (event.pointerType === "touch") return;
    this.#pointer = pointOf(event);
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
    const isOver = this.#pointer !== null && (this.#isPressed || !this.#gestures.isActive);
    const slop = this.#isPressed ? SLOP.touch : SLOP.mouse;
    this.#hovered = isOver ? this.#nodeAt(this.#pointer!, slop) : null;
    this.#canvas.toggleAttribute("data-over-node", this.#hovered !== null);
    if (this.#hovered === null) {
      this.#tooltip.hide();
      return;
    }
    const { tree, at } = useView.getState();
    const { left, top } = this.#canvas.getBoundingClientRect();
    const [x, y] = this.#pointer!;
    const facts = { tree, at, node: this.#hovered, topK: this.#keeper.topK };
    this.#tooltip.show({ ...facts, folded: this.#foldedWords() }, [left + x, top + y]);
  }

  /** What is folded into the item under the pointer; null if nothing is. */
  #foldedWords(): { readonly words: string; readonly isGroup: boolean } | null {
    const { placement } = this.#keeper;
    const item = this.#hovered!;
    if (!isFolded(placement, item)) return null;
    const words = this.#keeper.foldedWords(useView.getState(), item)[0] ?? "";
    return { words, isGroup: isGroup(placement, item) };
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

const NO_CARDS: readonly Card[] = [];

/** While a tree grows, others are told how it is arranged this often at most, ms. */
const PUBLISH_MS = 100;

/** Marks in view that are drawn in every frame: up to `least` always, up to `most` as long as there is no picture of them and they would be missed. */
const FEW = { least: 3000, most: 20_000 };

/** Whether there may be text beside marks, which only the page has. */
function hasLabels({ labels, layout }: Scene, geometry: Geometry): boolean {
  if (geometry.dense || !labels) return false;
  const { firstColumn, lastColumn } = geometry.view;
  for (let column = firstColumn; column <= lastColumn && column < layout.columns; column++) {
    if (roomIn(geometry, column).characters > 0) return true;
  }
  return false;
}

function pointOf(event: MouseEvent): Point {
  return [event.offsetX, event.offsetY];
}

/** Fingers are less precise than mice. */
function slopOf(event: MouseEvent): number {
  return event instanceof PointerEvent && event.pointerType === "touch" ? SLOP.touch : SLOP.mouse;
}
