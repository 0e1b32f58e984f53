import type { NodeId, RunEvent, UnknownEvent } from "./events.ts";

/** An event that contradicts the log before it. The tree is as it was before that event. */
export class TreeError extends Error {
  override readonly name = "TreeError";
  readonly type: string;
  readonly seq: number;
  /** The node that the contradiction is about, if it is about one. */
  readonly node: NodeId | null;

  constructor({ type, seq }: RunEvent | UnknownEvent, message: string, node: NodeId | null = null) {
    super(`${type} event ${seq}: ${message}`);
    this.type = type;
    this.seq = seq;
    this.node = node;
  }
}
