import type { NodeId } from "../../protocol/events.ts";
import type { Pane } from "../state/pane.ts";
import { type PictureRequest, serveTreePictures } from "../state/picture-request.ts";
import { t } from "../words/t.ts";
import { ArrangedPublisher } from "./arranged-publisher.ts";
import type { Viewport } from "./camera.ts";
import { type Card, type Cards, mountCards } from "./cards.ts";
import {
  isOnPaper,
  onDisplayChange,
  prefersDark,
  prefersStillness,
  shownPalette,
  sizeCanvas,
} from "./display.ts";
import { drawTree } from "./draw.ts";
import type { Backdrop } from "./draw-backdrop.ts";
import { FrameWait } from "./frame-wait.ts";
import { hitTest } from "./hit-test.ts";
import { measureCharacter } from "./label-room.ts";
import { boxOnScreen, onScreen } from "./mirror.ts";
import { paletteOf } from "./palette.ts";
import { type Contents, PictureKeeper, REST_MS } from "./picture-keeper.ts";
import { type Geometry, geometryOf, roomIn, type Scene } from "./scene.ts";
import { SceneKeeper } from "./scene-keeper.ts";
import { TreeCamera } from "./tree-camera.ts";
import { cardsInView, showsCards } from "./tree-cards.ts";
import { type Point, TreePointer } from "./tree-pointer.ts";
import { countInView } from "./visible.ts";
import { VisibleNodes } from "./visible-nodes.ts";
import { WorkerLink } from "./worker-link.ts";
import { addZoomGestures, type Gesture, type ZoomGestures } from "./zoom-gestures.ts";

/**
 * Gives a canvas its tree view: draws on change, follows, pans, zooms, selects.
 * Returns the function that takes it all away. React mounts this once and then
 * stays out of it: no frame goes through a render.
 */
export function mountTreeView(canvas: HTMLCanvasElement, pane: Pane): () => void {
  const view = new TreeView(canvas, pane);
  return () => view.remove();
}

class TreeView {
  readonly #pane: Pane;
  readonly #canvas: HTMLCanvasElement;
  readonly #ctx: CanvasRenderingContext2D;
  readonly #link = new WorkerLink((message) => this.#fail(message));
  readonly #keeper = new SceneKeeper(this.#link, (pictures) => {
    const { placement } = this.#keeper.places;
    this.#link.giveBack(this.#pictures.take(pictures, placement, performance.now()));
    this.#invalidate();
  });
  readonly #pictures = new PictureKeeper();
  readonly #camera: TreeCamera;
  readonly #publisher: ArrangedPublisher;
  readonly #visible = new VisibleNodes();
  readonly #wait = new FrameWait();
  readonly #cards: Cards;
  readonly #gestures: ZoomGestures;
  readonly #pointer: TreePointer;
  readonly #undo: (() => void)[] = [];
  #viewport: Viewport = { width: 0, height: 0 };
  #frame = 0;
  #runId: string | null = null;
  /** Whether anything of the run was drawn without a picture: then it must not vanish. */
  #hasDrawn = false;
  #redrawing: ReturnType<typeof setTimeout> | null = null;

  constructor(canvas: HTMLCanvasElement, pane: Pane) {
    this.#pane = pane;
    this.#canvas = canvas;
    this.#camera = new TreeCamera(pane, this.#keeper);
    this.#publisher = new ArrangedPublisher(pane, () => this.#keeper.placement);
    this.#ctx = canvas.getContext("2d")!;
    measureCharacter(this.#ctx);
    this.#cards = mountCards(canvas.parentElement!);
    this.#gestures = addZoomGestures(canvas, (gesture) => this.#gesture(gesture));
    const invalidate = () => this.#invalidate();
    const under = {
      nodeAt: (point: Point, slop: number) => this.#nodeAt(point, slop),
      isMoved: () => this.#gestures.isActive,
      keeper: this.#keeper,
    };
    this.#pointer = new TreePointer(pane, canvas, under, invalidate);
    this.#undo.push(
      onDisplayChange(canvas, () => (isOnPaper() ? this.#drawNow() : invalidate())),
      pane.camera.onRequest((request) => {
        this.#camera.ask(request);
        invalidate();
      }),
      pane.view.subscribe(invalidate),
    );
    if (pane.mirror === undefined) {
      this.#undo.push(serveTreePictures((request) => this.#picture(request)));
    }
    invalidate();
  }

  remove(): void {
    for (const undo of this.#undo) undo();
    this.#pointer.remove();
    this.#gestures.remove();
    this.#cards.remove();
    this.#keeper.places.end();
    this.#link.end();
    this.#pictures.forget();
    this.#publisher.end();
    if (this.#redrawing !== null) clearTimeout(this.#redrawing);
    cancelAnimationFrame(this.#frame);
  }

  /** Without the worker there is no tree to see, which must not look like an empty one. */
  #fail(message: string): void {
    const notice = document.createElement("p");
    notice.className = "tree-failure";
    notice.role = "alert";
    notice.textContent = t(
      "The tree cannot be drawn any more: {why}. Reload the page to try again.",
      { why: message },
    );
    this.#canvas.after(notice);
    this.#undo.push(() => notice.remove());
  }

  /** Asks for one frame, however many changes arrive before it. */
  #invalidate(): void {
    this.#frame ||= requestAnimationFrame((time) => this.#draw(time));
  }

  /** Paper does not wait for a frame. */
  #drawNow(): void {
    cancelAnimationFrame(this.#frame);
    this.#draw(performance.now());
  }

  #draw(time: number): void {
    this.#frame = 0;
    const { width, height, pixelRatio } = sizeCanvas(this.#canvas);
    this.#viewport = { width, height, mirror: this.#pane.mirror?.() ?? null };
    if (width === 0 || height === 0) return;
    const stillness = prefersStillness();
    const view = this.#pane.view.getState();
    if (view.runId !== this.#runId) this.#begin(view.runId);
    this.#keeper.update(view, time, stillness);
    this.#publisher.update();
    const isThere = this.#camera.advance(view, this.#viewport, time, stillness);
    const { camera } = this.#camera;
    if (camera === null) return;
    if (isThere) this.#gestures.sync(camera.zoom, this.#camera.extent);
    this.#pointer.update();
    const palette = shownPalette(view.theme);
    const scene = this.#keeper.scene(view, this.#pointer.hovered, palette);
    const geometry = geometryOf(camera, this.#viewport, scene);
    const backdrop = this.#backdrop(scene, geometry, pixelRatio);
    const others = [camera, width, height, pixelRatio, palette, scene.hovered];
    const pictures = [backdrop?.crisp, backdrop?.base];
    const isAwaited = backdrop !== null && this.#pictures.isAwaited;
    if (this.#wait.leavesOut(isAwaited, view, [...others, ...pictures], time)) return;
    drawTree(this.#ctx, scene, camera, {
      viewport: this.#viewport,
      pixelRatio,
      visible: this.#visible,
      backdrop,
    });
    const hasCards = showsCards(geometry, scene);
    const cards = hasCards ? cardsInView(scene, geometry, this.#visible, view.raw) : NO_CARDS;
    this.#cards.update(cards.map((card) => boxOnScreen(this.#viewport, card)));
    const { isMoving, isCounting } = this.#keeper;
    if (isMoving || isCounting || this.#camera.isMoving) this.#invalidate();
  }

  /** The tree as a file; the code for that is fetched when somebody wants one. */
  async #picture({ of, format }: PictureRequest): Promise<Blob> {
    const { treePicture, wholeTree } = await import("./tree-picture.ts");
    const view = this.#pane.view.getState();
    const { camera } = this.#camera;
    const bounds = this.#keeper.bounds();
    if (camera === null || bounds === null) throw new Error(t("There is nothing to draw yet."));
    const scene = this.#keeper.scene(view, null, shownPalette(view.theme));
    const sight =
      of === "view" ? { camera, viewport: this.#viewport } : wholeTree(scene, bounds, view.raw);
    const title = view.tree.started?.problem.text ?? "";
    return treePicture(scene, sight, { format, title, raw: view.raw });
  }

  /** Nothing of one run is seen in another. */
  #begin(runId: string | null): void {
    this.#runId = runId;
    this.#camera.forget();
    this.#pictures.forget();
    this.#hasDrawn = false;
  }

  /** The pictures that stand for marks and edges; null where these are few enough to be drawn, and on paper, which waits for none. */
  #backdrop(scene: Scene, geometry: Geometry, pixelRatio: number): Backdrop | null {
    const { places } = this.#keeper;
    const bounds = this.#keeper.bounds();
    const count = hasLabels(scene, geometry) ? 0 : countInView(scene, geometry, FEW.least);
    if (count < FEW.least || bounds === null || this.#keeper.isMoving || isOnPaper()) {
      places.wish(null);
      this.#hasDrawn = true;
      return null;
    }
    const { tree, theme, following } = this.#pane.view.getState();
    const sight = {
      ...{ viewport: this.#viewport, pixelRatio, following },
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

  #gesture({ zoom, from, to }: Gesture): void {
    const viewport = this.#viewport;
    this.#camera.gesture({ zoom, from: onScreen(viewport, from), to: onScreen(viewport, to) });
    if (this.#pane.view.getState().following) this.#pane.view.setState({ following: false });
    this.#invalidate();
  }

  #nodeAt(point: Point, slop: number): NodeId | null {
    const { camera } = this.#camera;
    if (camera === null) return null;
    const view = this.#pane.view.getState();
    const scene = this.#keeper.scene(view, null, paletteOf(view.theme, false));
    const geometry = geometryOf(camera, this.#viewport, scene);
    const place = onScreen(this.#viewport, point);
    return hitTest({ scene, geometry, labelled: this.#visible.labelled }, place, slop);
  }
}

const NO_CARDS: readonly Card[] = [];

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
