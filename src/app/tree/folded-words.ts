import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { foldedFacts, foldedWords } from "./folded-facts.ts";
import type { Ground } from "./ground.ts";

type Place = Pick<Ground, "shownAt" | "size">;

/** Nodes that are counted for the words of one moment; beyond that an item says its size alone. */
const MOST_COUNTED = 50_000;

/**
 * What is folded into items, in words: see `foldedWords`. Counted once for each moment
 * and arrangement, and only for the items that are asked for.
 */
export class FoldedWords {
  readonly #words = new Map<NodeId, readonly string[]>();
  #key: readonly unknown[] = [];
  #counted = 0;

  /** From all that there is to say to the least. */
  of(tree: Tree, at: number, { shownAt, size }: Place, item: NodeId): readonly string[] {
    const key = [tree, tree.version, at, shownAt];
    if (key.some((part, i) => part !== this.#key[i])) {
      this.#key = key;
      this.#counted = 0;
      this.#words.clear();
    }
    const known = this.#words.get(item);
    if (known !== undefined) return known;
    if (shownAt === null || size === null) return [];
    const nodes = size[item]!;
    if (this.#counted + nodes > MOST_COUNTED) return [`${nodes}`];
    this.#counted += nodes;
    const words = foldedWords(foldedFacts(tree, at, { shownAt, size }, item));
    this.#words.set(item, words);
    return words;
  }
}
