import { msg } from "../../lib/said.ts";
import type { Tree } from "../../protocol/tree.ts";
import { momentWords } from "../panels/transport/moment-words.ts";
import { setBrush } from "../state/actions.ts";
import { nextRoundStart, previousRoundStart } from "../state/rounds.ts";
import { useView } from "../state/view.ts";
import { t } from "../words/t.ts";
import { type Brush, EDGES, type Edge, edgeOf, withEdge } from "./brush.ts";
import { clearRange } from "./range-mode.ts";
import { eventUnder, eventX, type TimeScale } from "./time-scale.ts";

const NAMES = {
  start: msg("Range start"),
  end: msg("Range end"),
} as const satisfies Record<Edge, string>;

/** The two ends of the selected range, as sliders over the timeline that pointers and keys can move. */
export interface BrushHandles {
  /** Puts them where the range is, or takes them away. */
  place(brush: Brush | null, tree: Tree, scale: TimeScale): void;
  remove(): void;
}

/** Adds the handles after `canvas`. `scaleNow` tells how the strip is drawn at the moment. */
export function addBrushHandles(
  canvas: HTMLCanvasElement,
  scaleNow: () => TimeScale,
): BrushHandles {
  const handles = EDGES.map((edge) => ({ edge, element: addHandle(canvas, edge, scaleNow) }));
  return {
    place(brush, tree, scale) {
      for (const { edge, element } of handles) {
        element.hidden = brush === null;
        if (brush === null) continue;
        const seq = edgeOf(brush, edge);
        const x = eventX(scale, edge === "start" ? seq : seq + 1);
        element.style.translate = `${x}px`;
        element.ariaValueMin = "0";
        element.ariaValueMax = String(Math.max(tree.seq, 0));
        element.ariaValueNow = String(seq);
        element.ariaValueText = momentWords(tree, seq);
      }
    },
    remove() {
      for (const { element } of handles) element.remove();
    },
  };
}

function addHandle(
  canvas: HTMLCanvasElement,
  edge: Edge,
  scaleNow: () => TimeScale,
): HTMLDivElement {
  const handle = document.createElement("div");
  handle.classList.add("brush-handle", `brush-${edge}`);
  handle.role = "slider";
  handle.ariaLabel = t(NAMES[edge]);
  handle.tabIndex = 0;
  handle.hidden = true;
  handle.addEventListener("pointerdown", (event) => {
    if (event.button === 0) handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    move(edge, () => eventUnder(scaleNow(), event.clientX - canvas.getBoundingClientRect().left));
  });
  handle.addEventListener("keydown", (event) => onKey(event, edge, canvas));
  canvas.after(handle);
  return handle;
}

/** Puts an edge at another event, within the known ones. */
function move(edge: Edge, target: (tree: Tree, seq: number) => number): void {
  const { brush, tree } = useView.getState();
  if (brush === null) return;
  const seq = Math.min(Math.max(target(tree, edgeOf(brush, edge)), 0), tree.seq);
  setBrush(withEdge(brush, edge, seq));
}

const TARGETS: Readonly<Record<string, (tree: Tree, seq: number) => number>> = {
  ArrowLeft: (_, seq) => seq - 1,
  ArrowDown: (_, seq) => seq - 1,
  ArrowRight: (_, seq) => seq + 1,
  ArrowUp: (_, seq) => seq + 1,
  PageDown: (tree, seq) => previousRoundStart(tree, seq) ?? 0,
  PageUp: (tree, seq) => nextRoundStart(tree, seq) ?? tree.seq,
  Home: () => 0,
  End: (tree) => tree.seq,
};

function onKey(event: KeyboardEvent, edge: Edge, canvas: HTMLCanvasElement): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const target = TARGETS[event.key];
  if (target !== undefined) move(edge, target);
  else if (event.key === "Escape" && clearRange()) canvas.focus();
  else return;
  event.preventDefault();
}
