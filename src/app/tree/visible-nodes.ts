import { LOOK_COUNT } from "./looks.ts";
import { columnLeft, type Geometry, type Scene } from "./scene.ts";
import { firstInView } from "./visible.ts";

/** Nodes in view, grouped by look. One for all frames, so that frames allocate nothing. */
export class VisibleNodes {
  /** Node ids; those of look `l` are at `start[l]` up to `start[l + 1]`. */
  nodes = new Int32Array(0);
  readonly start = new Int32Array(LOOK_COUNT + 1);
  count = 0;
  #found = new Int32Array(0);

  /** Finds what a frame shows. In dense frames one node stands for all on its pixel. */
  collect(scene: Scene, geometry: Geometry): void {
    const { layout, looks } = scene;
    if (this.nodes.length < layout.count) {
      this.nodes = new Int32Array(layout.count * 1.5);
      this.#found = new Int32Array(layout.count * 1.5);
    }
    this.count = 0;
    const { firstColumn, lastColumn } = geometry.view;
    let lastPixel = Number.NEGATIVE_INFINITY;
    for (let column = firstColumn; column <= lastColumn; column++) {
      // Of columns that share a pixel the first is drawn.
      const x = columnLeft(geometry, column);
      if (x - lastPixel < 0.5) continue;
      lastPixel = x;
      this.#collectColumn(scene, geometry, column);
    }
    this.#group(looks);
  }

  #collectColumn({ layout, row, looks }: Scene, geometry: Geometry, column: number): void {
    const { view, dense, row: rowPx } = geometry;
    const end = layout.columnStart[column + 1]!;
    let lastPixel = Number.NaN;
    for (let i = firstInView(layout, row, column, view.top); i < end; i++) {
      const node = layout.order[i]!;
      if (row[node]! > view.bottom) break;
      const look = looks[node]!;
      if (look === 0) continue;
      const pixel = dense ? Math.round(row[node]! * rowPx) : Number.NaN;
      if (pixel !== lastPixel) this.#found[this.count++] = node;
      else if (look > looks[this.#found[this.count - 1]!]!) this.#found[this.count - 1] = node;
      lastPixel = pixel;
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
