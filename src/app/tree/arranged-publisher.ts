import type { Pane } from "../state/pane.ts";
import { arrangedOf } from "./arranged-of.ts";
import { NOWHERE } from "./place-keeper.ts";
import type { Placement } from "./view-messages.ts";

/** While a tree grows, others are told how it is arranged this often at most, ms. */
const PUBLISH_MS = 100;

/** Tells keys, the tree twin and panels how the tree is arranged: at once if it was asked to be, else at a pace that they can follow. */
export class ArrangedPublisher {
  readonly #pane: Pick<Pane, "arranged" | "view">;
  /** The newest placement whenever it is asked. */
  readonly #placement: () => Placement;
  #published: Placement = NOWHERE;
  #publishedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(pane: Pick<Pane, "arranged" | "view">, placement: () => Placement) {
    this.#pane = pane;
    this.#placement = placement;
  }

  /** Call it whenever the placement may be another one. */
  update(): void {
    const placement = this.#placement();
    if (placement === this.#published || this.#timer !== null) return;
    const isGrowth = placement.top === this.#published.top && this.#published !== NOWHERE;
    const wait = isGrowth ? this.#publishedAt + PUBLISH_MS - performance.now() : 0;
    if (wait <= 0) this.#publish();
    else this.#timer = setTimeout(() => this.#publish(), wait);
  }

  /** Nothing is arranged any more. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#pane.arranged.setState({ arranged: null });
  }

  #publish(): void {
    this.#timer = null;
    this.#published = this.#placement();
    this.#publishedAt = performance.now();
    const isKnown = this.#published.layout.count > 0;
    const { tree } = this.#pane.view.getState();
    this.#pane.arranged.setState({ arranged: isKnown ? arrangedOf(tree, this.#placement) : null });
  }
}
