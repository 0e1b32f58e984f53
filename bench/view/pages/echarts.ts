import { init } from "echarts";
import type { Peer } from "./picture.ts";
import {
  colorOf,
  EDGE_COLOR,
  FADED,
  FITTED,
  type Item,
  isPruned,
  nest,
  OUTLINE,
  type Style,
} from "./placed-tree.ts";
import type { FlatTree } from "./shapes.ts";

/** Apache ECharts with its own series and layout for trees, on its canvas. */
export const peer: Peer = {
  async paint(tree, box, style) {
    const chart = init(box, null, { renderer: "canvas", width: 1280, height: 720 });
    const draw = async (grown: FlatTree) => {
      const finished = new Promise<void>((resolve) => {
        const done = () => {
          chart.off("finished", done);
          resolve();
        };
        chart.on("finished", done);
      });
      chart.setOption({ animation: false, series: [seriesOf(grown, style)] });
      await finished;
    };
    await draw(tree);
    return { add: draw };
  },
};

function seriesOf(tree: FlatTree, style: Style): object {
  const root = nest(tree);
  return {
    type: "tree",
    data: [decorate(root, tree, style)],
    ...FITTED,
    orient: "LR",
    symbol: "circle",
    symbolSize: 2 * style.radius,
    edgeShape: "curve",
    lineStyle: {
      color: EDGE_COLOR,
      width: style.edgeWidth,
      opacity: style.edgeOpacity,
      curveness: style.dense ? 0 : 0.5,
    },
    label: { show: false },
    emphasis: { disabled: true },
    expandAndCollapse: false,
    initialTreeDepth: -1,
    roam: true,
    roamTrigger: "global",
  };
}

/** Gives each node what it looks like, without recursion. */
function decorate(root: Item, tree: FlatTree, style: Style): object {
  const nodes: (Item & { itemStyle?: object; lineStyle?: object })[] = [root];
  for (const node of nodes) {
    const pruned = isPruned(tree, node.id);
    const border = style.dense ? {} : { borderColor: OUTLINE, borderWidth: 1 };
    const opacity = pruned ? FADED : 1;
    node.itemStyle = { color: colorOf(tree, node.id), opacity, ...border };
    if (pruned) node.lineStyle = { opacity: style.hidesPrunedEdges ? 0 : FADED };
    for (const child of node.children) nodes.push(child);
  }
  return root;
}
