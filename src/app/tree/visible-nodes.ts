import type { Ground } from "./ground.ts";
import { LABEL_HEIGHT, labelDensity } from "./label-room.ts";
import { isPruned, KIND, kindOf, LOOK_COUNT } from "./looks.ts";
import { columnLeft, type Geometry } from "./scene.ts";
import { firstInView } from "./visible.ts";

/** Nodes in view, grouped by look. One for all frames, so that frames allocate nothing. */
export class VisibleNodes {
  /** Node ids; those of look `l` are at `start[l]` up to `start[l + 1]`. */
  nodes = new Int32Array(0);
  readonly start = new Int32Array(LOOK_COUNT + 1);
  count = 0;
  /** Nodes in view whose text is shown, where there is room for it; 1 or 0 by node id. */
  labelled = new Uint8Array(0);
  /** As many, column by column, each from top to bottom. */
  #found = new Int32Array(0);

  /** Finds what a frame shows. In dense frames one node stands for all on its pixel. */
  collect(scene: Ground, geometry: Geometry): void {
    const { layout, looks } = scene;
    this.forget();
    if (this.labelled.length < layout.count) this.labelled = new Uint8Array(layout.count * 1.25);
    const { firstColumn, lastColumn } = geometry.view;
    let lastPixel = Number.NEGATIVE_INFINITY;
    for (let column = firstColumn; column <= lastColumn; column++) {
      // Of columns that share a pixel the first is drawn.
      const x = columnLeft(geometry, column);
      if (x - lastPixel < 0.5) continue;
      lastPixel = x;
      const first = this.count;
      this.#collectColumn(scene, geometry, column);
      this.#labelColumn(scene, geometry, column, first);
    }
    this.#group(looks);
  }

  /** Nothing is in view. */
  forget(): void {
    this.start.fill(0);
    for (let i = 0; i < this.count; i++) this.labelled[this.#found[i]!] = 0;
    this.count = 0;
  }

  #collectColumn(scene: Ground, geometry: Geometry, column: number): void {
    const { layout, row, looks } = scene;
    const { view, dense, row: rowPx } = geometry;
    const first = firstInView(scene, column, view.top);
    const end = layout.columnStart[column + 1]!;
    let lastPixel = Number.NaN;
    for (let i = first; i < end; i++) {
      const node = layout.order[i]!;
      if (row[node]! > view.bottom) break;
      const look = looks[node]!;
      if (look === 0) continue;
      const pixel = dense ? Math.round(row[node]! * rowPx) : Number.NaN;
      if (pixel !== lastPixel) this.#push(node);
      else if (look > looks[this.#found[this.count - 1]!]!) this.#found[this.count - 1] = node;
      lastPixel = pixel;
    }
  }

  #push(node: number): void {
    if (this.count === this.#found.length) {
      const longer = new Int32Array(2 * this.count + 1024);
      longer.set(this.#found);
      this.#found = longer;
      this.nodes = new Int32Array(longer.length);
    }
    this.#found[this.count++] = node;
  }

  /**
   * Where not all labels of a column have room, those of nodes in the running
   * have, from the top on, the one on the chosen path before all others.
   */
  #labelColumn(scene: Ground, geometry: Geometry, column: number, first: number): void {
    const density = geometry.dense ? "none" : labelDensity(geometry.row);
    if (density === "none" || !scene.labels) return;
    const { row, looks, chosen } = scene;
    const gap = LABEL_HEIGHT / geometry.row;
    const chosenRow = row[chosen[column] ?? -1] ?? Number.NaN;
    let lastRow = Number.NEGATIVE_INFINITY;
    for (let i = first; i < this.count; i++) {
      const node = this.#found[i]!;
      const kind = kindOf(looks[node]!);
      if (kind === KIND.sampling || (density === "some" && isPruned(kind))) continue;
      const isOfChosenPath = node === chosen[column];
      const hasRoom = row[node]! - lastRow >= gap && !(Math.abs(row[node]! - chosenRow) < gap);
      if (density === "some" && !hasRoom && !isOfChosenPath) continue;
      lastRow = row[node]!;
      this.labelled[node] = 1;
    }
  }

  #group(looks: Uint16Array): void {
    const { start, nodes, count } = this;
    const found = this.#found;
    start.fill(0);
    for (let i = 0; i < count; i++) start[looks[found[i]!]! + 1]! += 1;
    for (let look = 0; look < LOOK_COUNT; look++) start[look + 1]! += start[look]!;
    // Filling moves each start to the end of its group, which is the start of the next.
    for (let i = 0; i < count; i++) {
      const node = found[i]!;
      nodes[start[looks[node]!]!++] = node;
    }
    start.copyWithin(1, 0, LOOK_COUNT);
    start[0] = 0;
  }
}
