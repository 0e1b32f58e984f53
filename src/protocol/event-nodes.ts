import { type NodeId, ROOT, type RunEvent } from "./events.ts";

/** The node that an event is about, the first of several; −1 for none. */
export function mainNode(event: RunEvent): NodeId | -1 {
  switch (event.type) {
    case "started":
      return ROOT;
    case "expanded":
    case "proposed":
    case "scored":
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

/**
 * The first node that an event names and that is not among the `count` announced
 * before it; −1 if there is none. What `expanded` itself announces is not meant.
 */
export function firstUnannounced(event: RunEvent, count: number): NodeId | -1 {
  const isNew = (node: NodeId) => node >= count;
  switch (event.type) {
    case "expanded":
    case "scored":
    case "answered":
    case "labelled":
      return isNew(event.node) ? event.node : -1;
    case "proposed":
      if (isNew(event.node)) return event.node;
      return event.duplicateOf !== undefined && isNew(event.duplicateOf) ? event.duplicateOf : -1;
    case "kept":
    case "restored":
      return event.nodes.find(isNew) ?? -1;
    case "visited":
      return event.nodes.find(({ node }) => isNew(node))?.node ?? -1;
    case "pruned":
      return (
        event.nodes.flatMap(({ node, beatenBy }) => [node, beatenBy ?? ROOT]).find(isNew) ?? -1
      );
    case "selected":
      return [event.path, ...event.votes.map(({ nodes }) => nodes)].flat().find(isNew) ?? -1;
    case "steered":
      return event.node !== undefined && isNew(event.node) ? event.node : -1;
    default:
      return -1;
  }
}
