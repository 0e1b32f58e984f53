import "@xyflow/react/dist/style.css";
import { Handle, Position, ReactFlow } from "@xyflow/react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { marksOf } from "./drawn-tree.ts";
import type { Peer } from "./picture.ts";
import { EDGE_COLOR, OUTLINE, type Style } from "./placed-tree.ts";
import type { FlatTree } from "./shapes.ts";

interface Graph {
  readonly nodes: readonly object[];
  readonly edges: readonly object[];
}

interface MarkData {
  readonly color: string;
  readonly opacity: number;
  readonly border: string;
}

/** React Flow with one `div` a mark, and in it the two handles without which it draws no edges. */
export const peer: Peer = {
  async paint(tree, box, style) {
    box.style.inlineSize = "1280px";
    const first = graphOf(tree, style);
    let show: (graph: Graph) => void;
    const Flow = () => {
      const [graph, setGraph] = useState(first);
      show = setGraph;
      return (
        <ReactFlow
          nodes={graph.nodes}
          edges={graph.edges}
          nodeTypes={NODE_TYPES}
          defaultViewport={{ x: 0, y: 0, zoom: 1 }}
          minZoom={0.01}
          maxZoom={100}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          proOptions={{ hideAttribution: true }}
        />
      );
    };
    const drawn = ({ nodes, edges }: Graph) =>
      isThere(box, "react-flow__node", nodes.length).then(() =>
        isThere(box, "react-flow__edge-path", edges.length),
      );
    createRoot(box).render(<Flow />);
    await drawn(first);
    return {
      async add(grown) {
        const graph = graphOf(grown, style);
        flushSync(() => show(graph));
        await drawn(graph);
      },
    };
  },
};

const NODE_TYPES = { mark: MarkNode };
/** Unseen, in the middle of the mark: edges begin there. */
const HANDLE = {
  left: "50%",
  right: "auto",
  minWidth: 0,
  minHeight: 0,
  width: 1,
  height: 1,
  opacity: 0,
};

function MarkNode({ data }: { data: MarkData }) {
  return (
    <div
      style={{
        inlineSize: "100%",
        blockSize: "100%",
        boxSizing: "border-box",
        borderRadius: "50%",
        background: data.color,
        opacity: data.opacity,
        border: data.border,
      }}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} style={HANDLE} />
      <Handle type="source" position={Position.Right} isConnectable={false} style={HANDLE} />
    </div>
  );
}

function graphOf(tree: FlatTree, style: Style): Graph {
  const marks = marksOf(tree, style);
  // Whole pixels: what it measures itself has no fractions, and must not differ.
  const size = Math.max(Math.round(2 * style.radius), 2);
  const half = size / 2;
  const border = style.dense ? "none" : `1px solid ${OUTLINE}`;
  const nodes = marks.map(({ id, x, y, color, opacity }) => ({
    id: String(id),
    type: "mark",
    position: { x: x - half, y: y - half },
    width: size,
    height: size,
    measured: { width: size, height: size },
    data: { color, opacity, border },
  }));
  const strokeWidth = style.edgeWidth;
  const edges = marks
    .filter(({ hasEdge }) => hasEdge)
    .map(({ id, parent, opacity }) => ({
      id: `e${id}`,
      source: String(parent),
      target: String(id),
      type: style.dense ? "straight" : "default",
      style: { stroke: EDGE_COLOR, strokeWidth, opacity: opacity * style.edgeOpacity },
    }));
  return { nodes, edges };
}

/** Resolves when so many elements of a class are in the page. */
async function isThere(box: HTMLElement, name: string, count: number): Promise<void> {
  const found = box.getElementsByClassName(name);
  while (found.length < count) await new Promise((resolve) => requestAnimationFrame(resolve));
}
