import type { NodeId } from "../../protocol/events.ts";
import { formatScore } from "../format.ts";
import { colorOf, HOLLOW } from "./looks.ts";
import type { Geometry, Scene } from "./scene.ts";

/** Gap between mark, step and score, CSS px. */
const GAP = 6;
/** Room of a score, CSS px. */
const SCORE_WIDTH = 25;
/** Least part of a step that is worth showing. */
const LEAST_CHARACTERS = 4;

/** How much of a node's text fits beside it. */
export interface LabelFit {
  /** Where the text begins, CSS px right of the node's place. */
  readonly start: number;
  /** Characters of the step that fit; 0 shows none. */
  readonly characters: number;
  readonly characterWidth: number;
}

/** The room for labels, which is the same for all nodes of a frame. */
export function labelFit({ labels, branch, radius }: Geometry, characterWidth: number): LabelFit {
  const start = radius + GAP;
  if (labels === "none" || labels === "scores") return { start, characters: 0, characterWidth };
  const room = branch - start - GAP - SCORE_WIDTH - GAP;
  const characters = Math.floor(room / characterWidth);
  return { start, characters: characters < LEAST_CHARACTERS ? 0 : characters, characterWidth };
}

/** The text of a node: its step, or the problem for the root; line ends are shown as spaces. */
export function labelText({ tree }: Scene, node: NodeId): string {
  return tree.parent[node]! < 0 ? (tree.started?.problem.text ?? "") : tree.step(node);
}

/** Where the step ends and its score begins, CSS px right of the node's place. */
export function stepEnd(length: number, fit: LabelFit): number {
  const shown = Math.min(length, fit.characters);
  return fit.start + (shown === 0 ? 0 : shown * fit.characterWidth + GAP);
}

/** Where a node's label ends, CSS px right of its place; 0 without a label. */
export function labelEnd(scene: Scene, node: NodeId, { labels }: Geometry, fit: LabelFit): number {
  if (labels === "none") return 0;
  const length = fit.characters === 0 ? 0 : labelText(scene, node).length;
  const end = stepEnd(length, fit);
  return colorOf(scene.looks[node]!) === HOLLOW ? end : end + SCORE_WIDTH + GAP;
}

/** The first `characters` of a text, the last of them an ellipsis if there are more. */
export function cutText(text: string, characters: number): string {
  const shown = text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
  return shown.replace(/\s+/g, " ");
}

const SCORE_TEXTS = Array.from({ length: 101 }, (_, i) => formatScore(i / 100));

/** `formatScore` without a new string every time. */
export function scoreText(score: number): string {
  const percent = Math.round(score * 100);
  return percent === 100 ? formatScore(score) : SCORE_TEXTS[percent]!;
}
