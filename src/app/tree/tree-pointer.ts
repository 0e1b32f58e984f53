import type { NodeId } from "../../protocol/events.ts";
import { focusIn, foldIn, type Pane } from "../state/pane.ts";
import { shownScores } from "../state/view.ts";
import { isFolded, isGroup } from "./ground.ts";
import { SLOP } from "./hit-test.ts";
import { onLongPress } from "./long-press.ts";
import type { SceneKeeper } from "./scene-keeper.ts";
import { addTooltip } from "./tooltip.ts";

export type Point = readonly [x: number, y: number];

/** What is under a pointer. Points and distances in CSS px of the canvas. */
export interface UnderPointer {
  nodeAt(point: Point, slop: number): NodeId | null;
  /** Whether the view is moved by hand, so that nothing is pointed at. */
  isMoved(): boolean;
  readonly keeper: Pick<SceneKeeper, "placement" | "topK" | "foldedWords">;
}

/** Mouse and finger on a canvas: what they are over is told beside them, what they click is selected. */
export class TreePointer {
  readonly #pane: Pane;
  readonly #canvas: HTMLCanvasElement;
  readonly #under: UnderPointer;
  readonly #onChange: () => void;
  readonly #tooltip = addTooltip();
  readonly #stop = new AbortController();
  readonly #endPress: () => void;
  #hovered: NodeId | null = null;
  /** Where a mouse is over the canvas, or a finger rests on it. */
  #point: Point | null = null;
  /** Whether it is a finger. */
  #isPressed = false;

  /** `onChange` is called when something else is under the pointer. */
  constructor(pane: Pane, canvas: HTMLCanvasElement, under: UnderPointer, onChange: () => void) {
    this.#pane = pane;
    this.#canvas = canvas;
    this.#under = under;
    this.#onChange = onChange;
    const { signal } = this.#stop;
    canvas.addEventListener("click", (event) => this.#click(event), { signal });
    canvas.addEventListener("dblclick", (event) => this.#doubleClick(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.#move(event), { signal });
    canvas.addEventListener("pointerleave", () => this.#leave(), { signal });
    this.#endPress = onLongPress(canvas, (point) => this.#press(point));
  }

  /** The node under it. */
  get hovered(): NodeId | null {
    return this.#hovered;
  }

  /** Finds out what it is over, now that it or what is under it has moved. */
  update(): void {
    const isOver = this.#point !== null && (this.#isPressed || !this.#under.isMoved());
    const slop = this.#isPressed ? SLOP.touch : SLOP.mouse;
    const before = this.#hovered;
    this.#hovered = isOver ? this.#under.nodeAt(this.#point!, slop) : null;
    if (this.#hovered !== before) this.#pane.onHover?.(this.#hovered);
    this.#canvas.toggleAttribute("data-over-node", this.#hovered !== null);
    if (this.#hovered === null) this.#tooltip.hide();
    else this.#tell(this.#hovered, this.#point!);
  }

  remove(): void {
    this.#stop.abort();
    this.#endPress();
    this.#tooltip.remove();
  }

  #tell(node: NodeId, [x, y]: Point): void {
    const view = this.#pane.view.getState();
    const { tree, at } = view;
    const { left, top } = this.#canvas.getBoundingClientRect();
    const facts = { tree, at, node, topK: this.#under.keeper.topK, scores: shownScores(view) };
    this.#tooltip.show({ ...facts, folded: this.#foldedWords(node) }, [left + x, top + y]);
  }

  /** What is folded into an item; null if nothing is. */
  #foldedWords(item: NodeId): { readonly words: string; readonly isGroup: boolean } | null {
    const { keeper } = this.#under;
    if (!isFolded(keeper.placement, item)) return null;
    const words = keeper.foldedWords(this.#pane.view.getState(), item)[0] ?? "";
    return { words, isGroup: isGroup(keeper.placement, item) };
  }

  #click(event: MouseEvent): void {
    this.#pane.select(this.#under.nodeAt(pointOf(event), slopOf(event)));
  }

  #doubleClick(event: MouseEvent): void {
    const node = this.#under.nodeAt(pointOf(event), slopOf(event));
    if (node === null) return;
    if (isFolded(this.#under.keeper.placement, node)) foldIn(this.#pane, node, false);
    else focusIn(this.#pane, node);
  }

  #move(event: PointerEvent): void {
    if (event.pointerType === "touch") return;
    this.#point = pointOf(event);
    const before = this.#hovered;
    this.update();
    if (this.#hovered !== before) this.#onChange();
  }

  #leave(): void {
    this.#point = null;
    this.update();
    this.#onChange();
  }

  /** `null` when the finger is lifted or moves on. */
  #press(point: Point | null): void {
    this.#isPressed = point !== null;
    this.#point = point;
    this.update();
    this.#onChange();
  }
}

function pointOf(event: MouseEvent): Point {
  return [event.offsetX, event.offsetY];
}

/** Fingers are less precise than mice. */
function slopOf(event: MouseEvent): number {
  return event instanceof PointerEvent && event.pointerType === "touch" ? SLOP.touch : SLOP.mouse;
}
