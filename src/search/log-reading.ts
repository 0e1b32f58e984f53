import type { Budget, UseDelta } from "../protocol/budget.ts";
import { type NodeId, ROOT, type RunEvent } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";

/** A log of a search that ran to its end, and what is known of it from elsewhere. */
export interface Evidence {
  readonly log: readonly RunEvent[];
  readonly strategy: Strategy;
  readonly budget: Budget;
  /** What the models did, by their own account, both together. */
  readonly spent: UseDelta;
}

/** What a log says of a node; −1 where nothing was said. */
export interface NodeReading {
  readonly id: NodeId;
  readonly parent: NodeId;
  readonly depth: number;
  /** Whether it has children that the search itself chose among. */
  expanded: boolean;
  /** The batches of its children: the first of each, and the `round` event before it. */
  readonly batches: { readonly first: NodeId; readonly phase: number }[];
  proposed?: Extract<RunEvent, { type: "proposed" }>;
  scored?: Extract<RunEvent, { type: "scored" }>;
  answered?: Extract<RunEvent, { type: "answered" }>;
  pruned?: PrunedNode;
  prunedSeq: number;
  keptSeq: number;
}

/** A node of a `pruned` event, with the grounds. */
export type PrunedNode = Extract<RunEvent, { type: "pruned" }>["nodes"][number];

/** Reads the log again with plain maps, up to an event (not included). */
export function readNodes(log: readonly RunEvent[], end = log.length): Map<NodeId, NodeReading> {
  const nodes = new Map<NodeId, NodeReading>([[ROOT, newNode(ROOT, -1, 0)]]);
  let phase = -1;
  for (const event of log.slice(0, end)) {
    switch (event.type) {
      case "round":
        phase = event.seq;
        break;
      case "expanded": {
        const parent = nodes.get(event.node)!;
        parent.batches.push({ first: event.first, phase });
        for (let i = 0; i < event.kids; i++) {
          nodes.set(event.first + i, newNode(event.first + i, parent.id, parent.depth + 1));
        }
        break;
      }
      case "proposed": {
        const node = nodes.get(event.node)!;
        node.proposed = event;
        if (event.origin !== "rollout") nodes.get(node.parent)!.expanded = true;
        break;
      }
      case "scored":
        nodes.get(event.node)!.scored = event;
        break;
      case "answered":
        nodes.get(event.node)!.answered = event;
        break;
      case "kept":
        for (const id of event.nodes) nodes.get(id)!.keptSeq = event.seq;
        break;
      case "pruned":
        for (const loss of event.nodes) {
          Object.assign(nodes.get(loss.node)!, { pruned: loss, prunedSeq: event.seq });
        }
        break;
    }
  }
  return nodes;
}

function newNode(id: NodeId, parent: NodeId, depth: number): NodeReading {
  return { id, parent, depth, expanded: false, batches: [], prunedSeq: -1, keptSeq: -1 };
}

/** The steps of the prefix that ends with `leaf`. */
export function stepsTo(nodes: Map<NodeId, NodeReading>, leaf: NodeId): string[] {
  const steps: string[] = [];
  for (let id = leaf; id !== ROOT; id = nodes.get(id)!.parent) {
    steps.unshift(nodes.get(id)!.proposed!.step);
  }
  return steps;
}

/** The rounds before the final choice: `start` and `end` are indices of the log. */
export function roundsIn(
  log: readonly RunEvent[],
): { round: number; start: number; end: number }[] {
  const starts = [...log.entries()].flatMap(([start, event]) => {
    const opens = event.type === "round" && (event.phase === "expand" || event.phase === "select");
    return opens ? [{ round: event.round, start }] : [];
  });
  return starts.slice(0, -1).map((opened, i) => ({ ...opened, end: starts[i + 1]!.start }));
}

/** Everything that was pruned; demands that it was so once, and never kept again. */
export function namesPruned(log: readonly RunEvent[]): Set<NodeId> {
  const gone = new Set<NodeId>();
  for (const event of log) {
    if (event.type === "kept") {
      const back = event.nodes.find((id) => gone.has(id));
      demand(back === undefined, `node ${back} was kept after it was pruned`);
    } else if (event.type === "pruned") {
      for (const { node } of event.nodes) {
        demand(!gone.has(node), `node ${node} was pruned twice`);
        gone.add(node);
      }
    }
  }
  return gone;
}

/** The final choice; demands that there is exactly one, and that the log ends. */
export function selectedIn(log: readonly RunEvent[]): Extract<RunEvent, { type: "selected" }> {
  const [last, ...others] = log.filter((event) => event.type === "selected");
  demand(last && others.length === 0, "a finished log has exactly one choice");
  demand(log.at(-1)?.type === "finished", "the log does not end in finished");
  return last;
}

/** Whether these are the same nodes in the same order. */
export function same(a: readonly NodeId[], b: readonly NodeId[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Throws an `Error` with those words unless it holds. */
export function demand(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
