import type { NodeId } from "../../protocol/events.ts";
import { cutText, type LabelFit, labelText, scoreText, stepEnd } from "./label-fit.ts";
import { colorOf, HOLLOW, isPruned, KIND, kindOf } from "./looks.ts";
import { FONTS } from "./palette.ts";
import { pruneNote } from "./prune-note.ts";
import type { Geometry, Scene } from "./scene.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/** Texts beside the nodes in view: steps, scores, and, when near, why a node was pruned. */
export function drawLabels(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
  visible: VisibleNodes,
  fit: LabelFit,
): void {
  if (geometry.labels === "none") return;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const place = { ctx, scene, geometry, fit };
  if (fit.characters > 0) {
    ctx.font = FONTS.step;
    for (let i = 0; i < visible.count; i++) drawStep(place, visible.nodes[i]!);
  }
  ctx.font = FONTS.score;
  ctx.fillStyle = scene.palette.softInk;
  for (let i = 0; i < visible.count; i++) drawScore(place, visible.nodes[i]!);
  if (geometry.labels === "notes") {
    ctx.font = FONTS.note;
    for (let i = 0; i < visible.count; i++) drawNote(place, visible.nodes[i]!);
  }
  ctx.globalAlpha = 1;
}

interface Place {
  readonly ctx: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly geometry: Geometry;
  readonly fit: LabelFit;
}

function drawStep({ ctx, scene, geometry, fit }: Place, node: NodeId): void {
  const kind = kindOf(scene.looks[node]!);
  if (kind === KIND.sampling) return;
  const { palette, tree } = scene;
  const x = geometry.x + tree.depth[node]! * geometry.column + fit.start;
  const y = geometry.y + scene.row[node]! * geometry.row;
  ctx.fillStyle = isPruned(kind) ? palette.softInk : palette.ink;
  const text = cutText(labelText(scene, node), fit.characters);
  // Text of wide characters is squeezed rather than run into its neighbours.
  ctx.fillText(text, x, y, fit.characters * fit.characterWidth);
}

function drawScore({ ctx, scene, geometry, fit }: Place, node: NodeId): void {
  if (colorOf(scene.looks[node]!) === HOLLOW) return;
  const { tree } = scene;
  const length = fit.characters === 0 ? 0 : labelText(scene, node).length;
  const x = geometry.x + tree.depth[node]! * geometry.column + stepEnd(length, fit);
  const y = geometry.y + scene.row[node]! * geometry.row;
  ctx.fillText(scoreText(tree.scoreAt(node, scene.at)), x, y);
}

function drawNote({ ctx, scene, geometry, fit }: Place, node: NodeId): void {
  if (!isPruned(kindOf(scene.looks[node]!))) return;
  const { tree } = scene;
  const note = pruneNote(tree, node, scene.at, scene.topK);
  if (note === null) return;
  const x = geometry.x + tree.depth[node]! * geometry.column + fit.start;
  const y = geometry.y + scene.row[node]! * geometry.row + 12;
  ctx.fillText(note, x, y, geometry.branch - fit.start);
}
