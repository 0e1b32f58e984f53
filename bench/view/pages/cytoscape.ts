import cytoscape from "cytoscape";
import { type Mark, marksOf } from "./drawn-tree.ts";
import type { Peer } from "./picture.ts";
import { EDGE_COLOR, OUTLINE, type Style } from "./placed-tree.ts";

/** Makes its wheel turn about as far as that of d3-zoom. */
const WHEEL_SENSITIVITY = 2;

/** Cytoscape.js on its canvas, with positions that are given: its own layouts of trees are slower. */
export const peer: Peer = {
  async paint(tree, box, style) {
    const marks = marksOf(tree, style);
    const cy = cytoscape({
      container: box,
      elements: marks.flatMap((mark) => elementsOf(mark, style)),
      layout: { name: "preset", fit: false },
      style: [
        {
          selector: "node",
          style: {
            width: 2 * style.radius,
            height: 2 * style.radius,
            "background-color": "data(color)",
            "border-width": style.dense ? 0 : 1,
            "border-color": OUTLINE,
            opacity: "data(opacity)",
          },
        },
        {
          selector: "edge",
          style: {
            "curve-style": "haystack",
            "haystack-radius": 0,
            width: style.edgeWidth,
            "line-color": EDGE_COLOR,
            opacity: "data(opacity)",
          },
        },
      ],
      zoom: 1,
      pan: { x: 0, y: 0 },
      pixelRatio: 1,
      autoungrabify: true,
      autounselectify: true,
      wheelSensitivity: WHEEL_SENSITIVITY,
    });
    const rendered = () => new Promise<void>((resolve) => cy.one("render", () => resolve()));
    await rendered();
    return {
      async add(grown, first) {
        const all = marksOf(grown, style);
        const places = new Map(all.map((mark) => [String(mark.id), mark]));
        cy.batch(() => {
          const added = all.filter(({ id }) => id >= first);
          cy.add(added.flatMap((mark) => elementsOf(mark, style)));
          cy.nodes().positions((node: { id(): string }) => {
            const { x, y } = places.get(node.id())!;
            return { x, y };
          });
        });
        await rendered();
      },
    };
  },
};

function elementsOf({ id, parent, x, y, color, opacity, hasEdge }: Mark, style: Style): object[] {
  const node = {
    group: "nodes",
    data: { id: String(id), color, opacity },
    position: { x, y },
  };
  if (!hasEdge) return [node];
  const data = { id: `e${id}`, source: String(parent), target: String(id) };
  const edgeOpacity = opacity * style.edgeOpacity;
  return [node, { group: "edges", data: { ...data, opacity: edgeOpacity } }];
}
