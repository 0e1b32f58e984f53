import { grown, NumberList, roomFor } from "./columns.ts";
import type { NodeId, RunEvent } from "./events.ts";

/** MCTS statistics of a node at a moment. */
export type Visits = Omit<VisitedNode, "node">;
type VisitedNode = Extract<RunEvent, { type: "visited" }>["nodes"][number];

const NONE = -1;

/**
 * MCTS statistics, which change with every backup: a row a change, chained from
 * the latest of each node backwards. Besides the row before it a row knows one
 * far before (`jump`), so that any moment is found in O(log versions).
 *
 * Source: E. W. Myers, "An applicative random-access stack" (1983): jumps as in
 * skew-binary numbers.
 */
export class VisitHistory {
  /** Latest row of each node that was ever visited. */
  #latest = new Int32Array(0);
  readonly #seq = new NumberList(Int32Array);
  readonly #previous = new NumberList(Int32Array);
  readonly #jump = new NumberList(Int32Array);
  /** Rows of the same node before this one. */
  readonly #rank = new NumberList(Int32Array);
  readonly #visits = new NumberList(Float64Array);
  readonly #value = new NumberList(Float64Array);
  /** NaN where the event says nothing. */
  readonly #prior = new NumberList(Float32Array);
  readonly #exploit = new NumberList(Float32Array);
  readonly #explore = new NumberList(Float32Array);

  put(visited: VisitedNode, seq: number): void {
    const { node } = visited;
    if (node >= this.#latest.length) {
      this.#latest = grown(Int32Array, this.#latest, roomFor(node + 1, this.#latest.length), NONE);
    }
    const row = this.#seq.length;
    const previous = this.#latest[node]!;
    this.#seq.push(seq);
    this.#previous.push(previous);
    this.#jump.push(this.#jumpOver(previous));
    this.#rank.push(previous === NONE ? 0 : this.#rank.values[previous]! + 1);
    this.#visits.push(visited.visits);
    this.#value.push(visited.value);
    this.#prior.push(visited.prior ?? Number.NaN);
    this.#exploit.push(visited.exploit ?? Number.NaN);
    this.#explore.push(visited.explore ?? Number.NaN);
    this.#latest[node] = row;
  }

  /** `null` if it was not visited by then. Priors and terms to single precision. */
  at(node: NodeId, seq: number): Visits | null {
    const seqs = this.#seq.values;
    let row = this.#latest[node] ?? NONE;
    while (row !== NONE && seqs[row]! > seq) {
      const jump = this.#jump.values[row]!;
      row = jump !== NONE && seqs[jump]! > seq ? jump : this.#previous.values[row]!;
    }
    return row === NONE ? null : this.#read(row);
  }

  bytes(): number {
    const lists = [
      this.#seq,
      this.#previous,
      this.#jump,
      this.#rank,
      this.#visits,
      this.#value,
      this.#prior,
      this.#exploit,
      this.#explore,
    ];
    return lists.reduce((sum, list) => sum + list.bytes(), this.#latest.byteLength);
  }

  /** Where the row after `previous` jumps to. */
  #jumpOver(previous: number): number {
    if (previous === NONE) return NONE;
    const jump = this.#jump.values[previous]!;
    if (jump === NONE) return previous;
    const far = this.#jump.values[jump]!;
    if (far === NONE) return previous;
    const rank = this.#rank.values;
    const isEven = rank[previous]! - rank[jump]! === rank[jump]! - rank[far]!;
    return isEven ? far : previous;
  }

  #read(row: number): Visits {
    const prior = this.#prior.values[row]!;
    const exploit = this.#exploit.values[row]!;
    const explore = this.#explore.values[row]!;
    return {
      visits: this.#visits.values[row]!,
      value: this.#value.values[row]!,
      ...(!Number.isNaN(prior) && { prior }),
      ...(!Number.isNaN(exploit) && { exploit }),
      ...(!Number.isNaN(explore) && { explore }),
    };
  }
}
