import type { CameraView } from "./camera.ts";
import type { Pane } from "./pane.ts";

/**
 * Takes the cameras of several panes along with that of the one that leads, until `end` is
 * called: the one that was touched last, or asked for something. `isLinked` says whether they
 * go along now. Rows are counted from the top of each tree, so that trees of different sizes
 * stand level.
 */
export class LinkedCameras {
  readonly #panes: readonly Pane[];
  readonly #isLinked: () => boolean;
  readonly #undo: (() => void)[] = [];
  #leader: Pane | undefined;
  /** Whether what a camera is asked for comes from here. */
  #isRelaying = false;

  /** The first of the panes leads. */
  constructor(panes: readonly Pane[], isLinked = () => true) {
    this.#panes = panes;
    this.#isLinked = isLinked;
    this.#leader = panes[0];
    for (const pane of panes) {
      this.#undo.push(
        pane.camera.onMove((camera) => this.#moved(pane, camera)),
        pane.camera.onRequest(() => {
          if (!this.#isRelaying) this.lead(pane);
        }),
        pane.view.subscribe(({ following }, before) => {
          if (following !== before.following) this.#followed(pane, following);
        }),
      );
    }
  }

  get leader(): Pane | undefined {
    return this.#leader;
  }

  lead(pane: Pane): void {
    this.#leader = pane;
  }

  end(): void {
    for (const undo of this.#undo) undo();
  }

  #moved(from: Pane, camera: CameraView | null): void {
    if (camera === null) return;
    const row = camera.row - topRow(from);
    this.#tellOthers(from, (pane) => {
      if (pane.view.getState().following) pane.view.setState({ following: false });
      pane.camera.request({ to: "place", view: { ...camera, row: row + topRow(pane) } });
    });
  }

  #followed(from: Pane, following: boolean): void {
    this.#tellOthers(from, (pane) => {
      if (pane.view.getState().following !== following) pane.view.setState({ following });
      if (following) pane.camera.request({ to: "fit" });
    });
  }

  #tellOthers(from: Pane, tell: (pane: Pane) => void): void {
    if (from !== this.#leader || !this.#isLinked()) return;
    this.#isRelaying = true;
    for (const pane of this.#panes) if (pane !== from) tell(pane);
    this.#isRelaying = false;
  }
}

/** Where the top of a tree stands: trees of different sizes have it in different rows. */
function topRow({ view, arranged }: Pane): number {
  const top = arranged.getState().arranged?.rowOf(view.getState().top) ?? 0;
  return Number.isFinite(top) ? top : 0;
}
