import { Graph } from "@antv/g6";
import { type Mark, marksOf } from "./drawn-tree.ts";
import type { Peer } from "./picture.ts";
import { EDGE_COLOR, OUTLINE, type Style } from "./placed-tree.ts";

/** Makes its wheel turn about as far as that of d3-zoom. */
const WHEEL_SENSITIVITY = 0.14;

/** AntV G6 on its canvas, with positions that are given. */
export const peer: Peer = {
  async paint(tree, box, style) {
    const marks = marksOf(tree, style);
    const graph = new Graph({
      container: box,
      width: 1280,
      height: 720,
      devicePixelRatio: 1,
      animation: false,
      zoomRange: [0.01, 100],
      data: {
        nodes: marks.map((mark) => nodeOf(mark, style)),
        edges: edgesOf(marks, style),
      },
      node: { type: "circle" },
      edge: { type: style.dense ? "line" : "cubic-horizontal" },
      behaviors: ["drag-canvas", { type: "zoom-canvas", sensitivity: WHEEL_SENSITIVITY }],
    });
    await graph.render();
    return {
      async add(grown, first) {
        const all = marksOf(grown, style);
        const added = all.filter(({ id }) => id >= first);
        graph.addNodeData(added.map((mark) => nodeOf(mark, style)));
        graph.addEdgeData(edgesOf(added, style));
        graph.updateNodeData(all.map(({ id, x, y }) => ({ id: String(id), style: { x, y } })));
        await graph.draw();
      },
    };
  },
};

function nodeOf({ id, x, y, color, opacity }: Mark, style: Style): object {
  return {
    id: String(id),
    style: {
      ...{ x, y, size: 2 * style.radius, fill: color, opacity },
      ...{ stroke: OUTLINE, lineWidth: style.dense ? 0 : 1 },
    },
  };
}

function edgesOf(marks: readonly Mark[], style: Style): object[] {
  return marks
    .filter(({ hasEdge }) => hasEdge)
    .map(({ id, parent, opacity }) => ({
      id: `e${id}`,
      source: String(parent),
      target: String(id),
      style: {
        stroke: EDGE_COLOR,
        lineWidth: style.edgeWidth,
        opacity: opacity * style.edgeOpacity,
      },
    }));
}
