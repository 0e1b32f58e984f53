import { NO_USE, type Use } from "./budget.ts";
import { isKnown } from "./event-kinds.ts";
import type { NodeId, RunEvent, UnknownEvent } from "./events.ts";
import type { NodeStatus } from "./statuses.ts";

type EventOf<T extends RunEvent["type"]> = Extract<RunEvent, { type: T }>;

/** A node as a plain object. */
interface NaiveNode {
  parent: NodeId | null;
  kids: NodeId[];
  announced: number;
  expanded: number | null;
  proposed: EventOf<"proposed"> | null;
  scored: EventOf<"scored"> | null;
  judged: EventOf<"judged"> | null;
  verdict: "kept" | "pruned" | null;
  pruned: EventOf<"pruned">["nodes"][number] | null;
  visited: EventOf<"visited">["nodes"][number] | null;
  answered: EventOf<"answered"> | null;
  labels: { seq: number; label: number; by: string }[];
}

/**
 * The slow but obvious twin of `Tree`, for tests: knows only the present and
 * gets to a moment by replaying the log up to it. Checks nothing.
 */
export class NaiveTree {
  readonly nodes: NaiveNode[] = [];
  use: Use = NO_USE;
  isPaused = false;
  selected: EventOf<"selected"> | null = null;
  ended: string | null = null;
  rounds = 0;
  unknown: string[] = [];

  constructor(events: Iterable<RunEvent | UnknownEvent>) {
    for (const event of events) {
      if (!isKnown(event)) this.unknown.push(event.type);
      else {
        this.#note(event);
        if ("use" in event) this.use = event.use;
      }
    }
  }

  status(node: NodeId): NodeStatus {
    const it = this.nodes[node];
    if (!it) return "none";
    if (it.verdict) return it.verdict;
    return node === 0 || it.proposed ? "open" : "sampling";
  }

  path(node: NodeId): NodeId[] {
    const path: NodeId[] = [];
    for (let at: NodeId | null = node; at !== null; at = this.nodes[at]!.parent) path.unshift(at);
    return path;
  }

  #note(event: RunEvent): void {
    switch (event.type) {
      case "started":
        this.#announce(null, event.seq);
        break;
      case "expanded":
        for (let kid = 0; kid < event.kids; kid++) {
          this.nodes[event.node]!.kids.push(this.#announce(event.node, event.seq));
        }
        this.nodes[event.node]!.expanded ??= event.seq;
        break;
      case "proposed":
        this.nodes[event.node]!.proposed = event;
        break;
      case "scored":
        this.nodes[event.node]!.scored = event;
        break;
      case "judged":
        this.nodes[event.node]!.judged = event;
        break;
      case "answered":
        this.nodes[event.node]!.answered = event;
        break;
      case "labelled":
        this.nodes[event.node]!.labels.push({ seq: event.seq, label: event.label, by: event.by });
        break;
      default:
        this.#judge(event);
        this.#noteRun(event);
    }
  }

  #judge(event: RunEvent): void {
    switch (event.type) {
      case "kept":
        for (const node of event.nodes) this.#setVerdict(node, "kept", null);
        break;
      case "pruned":
        for (const pruned of event.nodes) this.#setVerdict(pruned.node, "pruned", pruned);
        break;
      case "restored":
        for (const node of event.nodes) {
          if (this.nodes[node]!.verdict === "pruned") this.#setVerdict(node, null, null);
        }
        break;
      case "visited":
        for (const visited of event.nodes) this.nodes[visited.node]!.visited = visited;
        break;
      default:
    }
  }

  #noteRun(event: RunEvent): void {
    switch (event.type) {
      case "round":
        this.rounds++;
        break;
      case "selected":
        this.selected = event;
        break;
      case "paused":
        this.isPaused = true;
        break;
      case "resumed":
        this.isPaused = false;
        break;
      case "finished":
      case "failed":
      case "cancelled":
        this.isPaused = false;
        this.ended = event.type;
        break;
      default:
    }
  }

  #announce(parent: NodeId | null, announced: number): NodeId {
    this.nodes.push({
      parent,
      kids: [],
      announced,
      expanded: null,
      proposed: null,
      scored: null,
      judged: null,
      verdict: null,
      pruned: null,
      visited: null,
      answered: null,
      labels: [],
    });
    return this.nodes.length - 1;
  }

  #setVerdict(node: NodeId, verdict: NaiveNode["verdict"], pruned: NaiveNode["pruned"]): void {
    this.nodes[node]!.verdict = verdict;
    this.nodes[node]!.pruned = pruned;
  }
}
