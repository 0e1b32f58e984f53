import { interpolateRgb } from "d3";
import Graph from "graphology";
import Sigma from "sigma";
import { type Mark, marksOf } from "./drawn-tree.ts";
import type { Peer } from "./picture.ts";
import { EDGE_COLOR, PAPER } from "./placed-tree.ts";

/** Its circles are smoothed inwards: so much more, px, makes them look as large as those of the others. */
const FEATHER = 0.5;

/**
 * Sigma.js, which draws with WebGL: in software where there is no graphics card,
 * so its figures say nothing of machines that have one. It scales evenly in both directions.
 */
export const peer: Peer = {
  paint(tree, box, style) {
    const marks = marksOf(tree, style);
    const graph = new Graph();
    const addAll = (added: readonly Mark[]) => {
      for (const { id, x, y, color, opacity } of added) {
        // Its y grows upwards.
        graph.addNode(id, { x, y: -y, size: style.radius + FEATHER, color: faded(color, opacity) });
      }
      for (const { id, parent, opacity, hasEdge } of added) {
        const color = faded(EDGE_COLOR, opacity * style.edgeOpacity);
        if (hasEdge) graph.addEdge(parent, id, { size: style.edgeWidth, color });
      }
    };
    addAll(marks);
    const sigma = new Sigma(graph, box, {
      renderLabels: false,
    });
    return {
      async add(grown, first) {
        const all = marksOf(grown, style);
        const rendered = new Promise<void>((resolve) => sigma.once("afterRender", () => resolve()));
        const places = new Map(all.map((mark) => [String(mark.id), mark]));
        addAll(all.filter(({ id }) => id >= first));
        graph.updateEachNodeAttributes((id: string, attributes: object) => {
          const { x, y } = places.get(id)!;
          return { ...attributes, x, y: -y };
        });
        await rendered;
      },
    };
  },
};

/** An opaque colour that looks like `color` on the paper: sigma adds light where colours have an alpha. */
function faded(color: string, opacity: number): string {
  return interpolateRgb(PAPER, color)(opacity);
}
