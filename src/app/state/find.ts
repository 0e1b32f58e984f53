import { EVENT_KINDS } from "../../protocol/event-kinds.ts";
import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { tailText } from "../token-text.ts";
import { revealNode } from "./actions.ts";
import { type Find, NO_FIND } from "./reading.ts";
import { useView, type View } from "./view.ts";

/** Longest text that can be looked for, characters. */
export const LONGEST_QUERY = 200;
/** The page is held up about this long at a time, ms. */
const SLICE_MS = 6;
/** Characters that are read between two looks at the clock, and the same for events. */
const CLOCK = { characters: 20_000, events: 500 };
/** What was found is shown at most this often while the search goes on, ms. */
const SHOW_MS = 120;

const PROPOSED = EVENT_KINDS.indexOf("proposed");

/** What the search needs of the world; tests have their own. */
export interface Clockwork {
  /** Calls back soon, with input handled before. */
  readonly soon: (callback: () => void) => void;
  /** ms. */
  readonly now: () => number;
}

const BROWSER: Clockwork = {
  soon: (callback) => void setTimeout(callback, 0),
  now: () => performance.now(),
};

/** Looks for a text in all steps, without regard to case; an empty one ends the search. */
export function findText(query: string): void {
  const wanted = query.slice(0, LONGEST_QUERY);
  if (wanted === useView.getState().find.query) return;
  useView.setState({ find: wanted === "" ? NO_FIND : { query: wanted, hits: [], current: -1 } });
}

/** How many of the hits are there at the moment that is shown: ids ascend with time, so they are the first ones. */
export function hitsShown({ tree, at, find }: Pick<View, "tree" | "at" | "find">): number {
  return firstFrom(find.hits, tree.countAt(at));
}

/** Where to go as soon as something is found: somebody was faster than the search. */
let awaited: { readonly query: string; readonly by: 1 | -1 } | null = null;

/** Goes to the next hit that is there at the moment, or to the one before; round and round. */
export function stepHit(by: 1 | -1): void {
  const view = useView.getState();
  const { find } = view;
  const shown = hitsShown(view);
  awaited = shown === 0 && find.query !== "" ? { query: find.query, by } : null;
  if (shown === 0) return;
  const from = find.current < 0 && by === -1 ? 0 : find.current;
  const current = (((from + by) % shown) + shown) % shown;
  useView.setState({ find: { ...find, current } });
  revealNode(find.hits[current]!);
}

/**
 * Keeps the hits of the view's query: searches what is known in slices, then every step that
 * arrives. Runs once, for as long as the page lives; returns the function that ends it.
 */
export function followFind(clockwork: Clockwork = BROWSER): () => void {
  let search: TextSearch | null = null;
  const follow = ({ find, tree }: View) => {
    if (find.query === "") {
      search?.stop();
      search = null;
      return;
    }
    if (search === null || search.query !== find.query || search.tree !== tree) {
      search?.stop();
      search = null;
      // Somebody else has found them, by more than the text.
      if (find.hits.length > 0) return;
      search = new TextSearch(tree, find.query, clockwork);
    }
    search.wake();
  };
  follow(useView.getState());
  const unsubscribe = useView.subscribe((view, before) => {
    const isNews =
      view.find.query !== before.find.query ||
      view.tree !== before.tree ||
      view.version !== before.version;
    if (isNews) follow(view);
  });
  return () => {
    unsubscribe();
    search?.stop();
  };
}

/** The search for one text in one tree, proposal by proposal. */
class TextSearch {
  readonly tree: Tree;
  readonly query: string;
  readonly #needle: string;
  readonly #clockwork: Clockwork;
  /** The first `#count` are the hits: ascending, but for what `#isSorted` says. What was shown is a view of them. */
  #hits = new Int32Array(1024);
  #count = 0;
  #isSorted = true;
  /** The next event to look at. */
  #seq = 0;
  #shown = 0;
  #shownAt = Number.NEGATIVE_INFINITY;
  #isAsked = false;
  #isStopped = false;

  constructor(tree: Tree, query: string, clockwork: Clockwork) {
    this.tree = tree;
    this.query = query;
    this.#needle = query.toLowerCase();
    this.#clockwork = clockwork;
  }

  /** There may be events that were not looked at. */
  wake(): void {
    if (this.#isAsked || this.#isStopped || this.#seq > this.tree.seq) return;
    this.#isAsked = true;
    this.#clockwork.soon(() => this.#goOn());
  }

  stop(): void {
    this.#isStopped = true;
  }

  #goOn(): void {
    this.#isAsked = false;
    if (this.#isStopped) return;
    this.#slice();
    const now = this.#clockwork.now();
    const isDone = this.#seq > this.tree.seq;
    if (this.#count > this.#shown && (isDone || now - this.#shownAt >= SHOW_MS)) {
      this.#shownAt = now;
      this.#show();
    }
    // A search that is at its end has found nothing that could be gone to.
    if (isDone && awaited?.query === this.query) awaited = null;
    this.wake();
  }

  #slice(): void {
    const { tree } = this;
    const end = this.#clockwork.now() + SLICE_MS;
    do {
      const last = Math.min(this.#seq + CLOCK.events, tree.seq + 1);
      let characters = 0;
      while (this.#seq < last && characters < CLOCK.characters) {
        const seq = this.#seq++;
        if (tree.eventKindAt(seq) !== PROPOSED) continue;
        const node = tree.eventNodeAt(seq);
        const step = this.#textAt(node);
        characters += step.length;
        if (step.toLowerCase().includes(this.#needle)) this.#add(node);
      }
    } while (this.#seq <= tree.seq && this.#clockwork.now() < end);
  }

  /** A step; of tokens the end of the text that can have the query end in this one and not before. */
  #textAt(node: NodeId): string {
    const own = this.tree.step(node);
    if (this.tree.unit === "step") return own;
    const length = own.length + this.#needle.length - 1;
    return tailText(this.tree, node, length).slice(-length);
  }

  #add(node: NodeId): void {
    if (this.#count === this.#hits.length) {
      const larger = new Int32Array(this.#count * 2);
      larger.set(this.#hits);
      this.#hits = larger;
    }
    this.#isSorted &&= this.#count === 0 || node > this.#hits[this.#count - 1]!;
    this.#hits[this.#count++] = node;
  }

  #show(): void {
    const { find } = useView.getState();
    if (!this.#isSorted) {
      // What was shown must not change under its readers.
      this.#hits = this.#hits.slice();
      this.#hits.subarray(0, this.#count).sort();
      this.#isSorted = true;
    }
    this.#shown = this.#count;
    const hits = this.#hits.subarray(0, this.#count);
    useView.setState({ find: { query: this.query, hits, current: currentIn(hits, find) } });
    if (awaited?.query === this.query) stepHit(awaited.by);
  }
}

/** Where the hit that was gone to last is among more hits. */
function currentIn(hits: ArrayLike<NodeId>, before: Find): number {
  const node = before.hits[before.current];
  return node === undefined ? -1 : firstFrom(hits, node);
}

/** Index of the first that is at least `node`; ids ascend. */
function firstFrom(nodes: ArrayLike<NodeId>, node: NodeId): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (nodes[middle]! < node) low = middle + 1;
    else high = middle;
  }
  return low;
}
