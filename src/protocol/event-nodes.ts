import { type NodeId, ROOT, type RunEvent } from "./events.ts";

/** The node that an event is about, the first of several; −1 for none. */
export function mainNode(event: RunEvent): NodeId | -1 {
  switch (event.type) {
    case "started":
      return ROOT;
    case "expanded":
    case "proposed":
    case "scored":
    case "judged":
    case "answered":
    case "labelled":
      return event.node;
    case "kept":
    case "restored":
      return event.nodes[0] ?? -1;
    case "pruned":
    case "visited":
      return event.nodes[0]?.node ?? -1;
    case "selected":
      return event.path.at(-1) ?? -1;
    case "steered":
      return event.node ?? -1;
    default:
      return -1;
  }
}

const NONE: readonly NodeId[] = [];

/** All nodes that an event which may be about several of them is about; none for other events. */
export function sharedBy(event: RunEvent): readonly NodeId[] {
  switch (event.type) {
    case "kept":
    case "restored":
      return event.nodes;
    case "pruned":
    case "visited":
      return event.nodes.map(({ node }) => node);
    case "selected":
      return event.path;
    default:
      return NONE;
  }
}

/**
 * The first node that an event names and that is not among the `count` announced
 * before it; −1 if there is none. What `expanded` itself announces is not meant.
 */
export function firstUnannounced(event: RunEvent, count: number): NodeId | -1 {
  switch (event.type) {
    case "expanded":
    case "judged":
    case "answered":
    case "labelled":
    case "steered":
      return unlessAnnounced(event.node, count);
    case "scored":
      return event.node < count ? unlessAnnounced(event.rolledOutTo, count) : event.node;
    case "proposed":
      if (event.node >= count) return event.node;
      return unlessAnnounced(event.duplicateOf, count) ?? unlessAnnounced(event.revises, count);
    case "kept":
    case "restored":
      return firstOf(event.nodes, count);
    case "pruned":
    case "visited":
      return firstOfRows(event.nodes, count);
    case "selected":
      return firstOf([event.path, ...event.votes.map(({ nodes }) => nodes)].flat(), count);
    default:
      return -1;
  }
}

function unlessAnnounced(node: NodeId | null | undefined, count: number): NodeId | -1 {
  return node === undefined || node === null || node < count ? -1 : node;
}

function firstOf(nodes: readonly NodeId[], count: number): NodeId | -1 {
  for (const node of nodes) if (node >= count) return node;
  return -1;
}

interface Row {
  readonly node: NodeId;
  readonly beatenBy?: NodeId | null;
}

function firstOfRows(rows: readonly Row[], count: number): NodeId | -1 {
  for (const { node, beatenBy } of rows) {
    const missing = node < count ? unlessAnnounced(beatenBy, count) : node;
    if (missing !== -1) return missing;
  }
  return -1;
}
