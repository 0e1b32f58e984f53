// What we are compared with is installed by the bench alone, so the types of the
// project cannot depend on it.
declare module "@antv/g6";
declare module "@xyflow/react";
declare module "@xyflow/react/dist/style.css";
declare module "cytoscape";
declare module "echarts";
declare module "graphology";
declare module "sigma";
