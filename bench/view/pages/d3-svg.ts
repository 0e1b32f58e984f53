import { type D3ZoomEvent, linkHorizontal, select, zoom } from "d3";
import type { Peer } from "./picture.ts";
import {
  colorOf,
  EDGE_COLOR,
  FADED,
  isPruned,
  OUTLINE,
  type PlacedNode,
  place,
  screenX,
  screenY,
} from "./placed-tree.ts";
import type { FlatTree } from "./shapes.ts";

/** D3 as its examples do it: tidy tree, data joins by id, one SVG element a mark and an edge. */
export const peer: Peer = {
  paint(tree, box, style) {
    const svg = select(box).append("svg").attr("width", 1280).attr("height", 720);
    const view = svg.append("g");
    const edges = view.append("g").attr("fill", "none").attr("stroke", EDGE_COLOR);
    const marks = view.append("g");
    const behavior = zoom<SVGSVGElement, unknown>().on(
      "zoom",
      ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => {
        view.attr("transform", transform.toString());
      },
    );
    svg.call(behavior);

    const curve = linkHorizontal<unknown, PlacedNode>().x(screenX).y(screenY);
    const draw = (grown: FlatTree) => {
      const nodes = place(grown).descendants();
      const linked = nodes.filter(
        (node) =>
          node.parent !== null && !(style.hidesPrunedEdges && isPruned(grown, node.data.id)),
      );
      const path = (node: PlacedNode) =>
        style.dense ? straight(node) : curve({ source: node.parent!, target: node });
      edges
        .attr("stroke-width", style.edgeWidth)
        .attr("stroke-opacity", style.edgeOpacity)
        .selectAll<SVGPathElement, PlacedNode>("path")
        .data(linked, ({ data }) => data.id)
        .join("path")
        .attr("d", path)
        .attr("opacity", ({ data }) => (isPruned(grown, data.id) ? FADED : null));
      marks
        .attr("stroke", style.dense ? "none" : OUTLINE)
        .selectAll<SVGCircleElement, PlacedNode>("circle")
        .data(nodes, ({ data }) => data.id)
        .join("circle")
        .attr("cx", screenX)
        .attr("cy", screenY)
        .attr("r", style.radius)
        .attr("fill", ({ data }) => colorOf(grown, data.id))
        .attr("opacity", ({ data }) => (isPruned(grown, data.id) ? FADED : null));
    };
    draw(tree);
    return { add: draw };
  },
};

function straight(node: PlacedNode): string {
  const { parent } = node;
  return `M${screenX(parent!)},${screenY(parent!)}L${screenX(node)},${screenY(node)}`;
}
