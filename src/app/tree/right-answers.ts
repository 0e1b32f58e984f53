import type { NodeId } from "../../protocol/events.ts";
import type { Touched } from "./look-keeper.ts";
import { KIND, kindOf } from "./looks.ts";

/** The nodes that are right answers at the moment shown: landmarks, whatever the zoom. */
export class RightAnswers {
  readonly nodes = new Set<NodeId>();

  /** `touched` are the nodes whose looks have changed, among the first `count`. */
  update(looks: Uint16Array, count: number, touched: Touched): void {
    if (touched === "all") {
      this.nodes.clear();
      for (let node = 0; node < count; node++) if (isRight(looks[node]!)) this.nodes.add(node);
      return;
    }
    for (const node of touched) {
      if (isRight(looks[node]!)) this.nodes.add(node);
      else this.nodes.delete(node);
    }
  }
}

function isRight(look: number): boolean {
  const kind = kindOf(look);
  return kind === KIND.rightAnswer || kind === KIND.prunedRight;
}
