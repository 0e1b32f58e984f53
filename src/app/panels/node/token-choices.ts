import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";

/** A token in a place of the text. */
export interface TokenChoice {
  readonly text: string;
  /** At temperature 1, in [0, 1]; NaN: not told. */
  readonly probability: number;
  /** The first node that is this token there; `null` if none is. */
  readonly node: NodeId | null;
}

/**
 * The tokens that are told in the place of one, itself among them, likeliest first:
 * its siblings that were there by then, and those told beside it that are no nodes.
 */
export function tokenChoices(tree: Tree, node: NodeId, at: number): TokenChoice[] {
  const choices = new Map<string, TokenChoice>();
  const add = (choice: TokenChoice) => {
    if (!choices.has(choice.text)) choices.set(choice.text, choice);
  };
  const asNode = (one: NodeId) =>
    add({ text: tree.step(one), probability: Math.exp(tree.logprob[one]!), node: one });
  asNode(node);
  for (const sibling of tree.children(tree.parent[node]!)) {
    const proposed = tree.proposedSeq[sibling]!;
    if (proposed >= 0 && proposed <= at) asNode(sibling);
  }
  for (const { text, logprob } of tree.others(node)) {
    add({ text, probability: Math.exp(logprob), node: null });
  }
  return [...choices.values()].sort((a, b) => b.probability - a.probability);
}
