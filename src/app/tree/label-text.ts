import { cellsOf, cutToCells } from "../../lib/text-cells.ts";
import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { formatScore } from "../format.ts";
import { maskControls } from "../plain-text.ts";
import { shownStep } from "../step-titles.ts";

/** The text of a node: its step or its title, or the problem for the root. */
export function labelText(
  shown: { readonly tree: Tree; readonly titles: boolean },
  node: NodeId,
): string {
  const { tree } = shown;
  return tree.parent[node]! < 0 ? (tree.started?.problem.text ?? "") : shownStep(shown, node);
}

/** Characters of a label that are looked at; longer ones have no room anywhere. */
const MOST = 1000;

/** How many Latin characters a label takes the room of. */
export function labelCells(text: string): number {
  return cellsOf(text, MOST);
}

/** As much of a text as has the room of so many Latin characters, the last of them an ellipsis if there is more; line ends are spaces, and nothing in it acts on what is around it. */
export function cutText(text: string, characters: number): string {
  return maskControls(cutToCells(text, characters).replace(/\s+/g, " "));
}

const SCORE_TEXTS = Array.from({ length: 101 }, (_, i) => formatScore(i / 100));

/** `formatScore` without a new string every time. */
export function scoreText(score: number): string {
  const percent = Math.round(score * 100);
  return percent === 100 ? formatScore(score) : SCORE_TEXTS[percent]!;
}
