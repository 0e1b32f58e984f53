import { NO_USE } from "../../protocol/budget.ts";
import {
  EVENT_VERSION,
  type Fact,
  type NodeId,
  PRUNE_REASONS,
  ROOT,
  type RunEvent,
} from "../../protocol/events.ts";
import { Tree } from "../../protocol/tree.ts";
import type { Axis } from "../state/compared.ts";
import { valueAt } from "./axis.ts";
import { letterOf } from "./letters.ts";

/** A node of one of several runs, by its place among them. */
interface Source {
  readonly run: number;
  readonly node: NodeId;
}

/** Several runs of one problem as one tree: nodes with the same prefix are one node. */
export interface MergedRuns {
  readonly tree: Tree;
  /** By merged node: a bit for every run that has it, the first run's the lowest. */
  readonly members: Uint8Array;
  /** By merged node, in the order of runs and ids; the root's are the roots. */
  readonly sources: readonly (readonly Source[])[];
  /** By run and node: the merged node; −1 for what is not proposed. */
  readonly mergedOf: readonly Int32Array[];
  /** Where each event of the merged log is on the axis, ascending. */
  readonly positions: Float64Array;
}

/** Why runs cannot be one tree. */
export type NoMerge = "problems" | "units";

/** Why these runs cannot be one tree: their problems differ, or what a node is; `null` if they can. */
export function whyNotMerged(trees: readonly Tree[]): NoMerge | null {
  const [first, ...rest] = trees.filter(({ started }) => started !== null);
  if (rest.some((tree) => tree.started!.problem.text !== first!.started!.problem.text)) {
    return "problems";
  }
  return rest.some(({ unit }) => unit !== first!.unit) ? "units" : null;
}

/** What is known of a tree that grows: the places of its first events do not change. */
const knownPlaces = new WeakMap<Tree, Map<Axis, Float64Array>>();

/**
 * Where each event of a run is on an axis. What a log takes back, it does not take back
 * here: a playhead that goes on shows more. O(events), of a tree that has grown O(new events)
 * look-ups.
 */
export function placesOf(tree: Tree, axis: Axis): Float64Array {
  const byAxis = knownPlaces.get(tree) ?? new Map<Axis, Float64Array>();
  knownPlaces.set(tree, byAxis);
  const known = byAxis.get(axis) ?? new Float64Array(0);
  if (known.length === tree.seq + 1) return known;
  const places = new Float64Array(tree.seq + 1);
  places.set(known);
  let furthest = known.at(-1) ?? 0;
  for (let seq = known.length; seq <= tree.seq; seq++) {
    furthest = Math.max(furthest, valueAt(tree, axis, seq));
    places[seq] = furthest;
  }
  byAxis.set(axis, places);
  return places;
}

interface Timed {
  readonly at: number;
  readonly fact: Fact;
}

/**
 * Merges runs of one problem. The merged log tells everything where it is on the axis,
 * whichever run it is of, so that one playhead shows it as it shows the runs. A node is
 * pruned where all runs that have it have pruned it; it is kept where one keeps it. The
 * first node of a run after it parted from others is called by its letter. `chosen`: the
 * run whose choice is lit; null: a choice on which all agree. O(nodes log nodes).
 */
export function mergeRuns(
  trees: readonly Tree[],
  axis: Axis,
  chosen: number | null = null,
): MergedRuns {
  const trie = new Trie(trees, axis);
  const timed = trie.facts().concat(choiceOf(trees, axis, { trie, chosen }));
  timed.sort((a, b) => a.at - b.at);
  const tree = new Tree();
  const started = trees.find((one) => one.started !== null)?.started;
  const facts: Fact[] = started === undefined || started === null ? [] : [started];
  for (const { fact } of timed) facts.push(fact);
  tree.apply(
    facts.map(
      (fact, seq) => ({ ...fact, v: EVENT_VERSION, run: "merged", seq, t: seq }) as RunEvent,
    ),
  );
  return {
    tree,
    members: trie.members,
    sources: trie.sources,
    mergedOf: trie.mergedOf,
    positions: Float64Array.from([0, ...timed.map(({ at }) => at)].slice(0, facts.length)),
  };
}

/** Prefixes of all runs, each once, numbered in the order in which the first run comes to them. */
class Trie {
  readonly sources: Source[][] = [];
  readonly members: Uint8Array;
  readonly mergedOf: Int32Array[];
  readonly #trees: readonly Tree[];
  readonly #places: readonly Float64Array[];

  constructor(trees: readonly Tree[], axis: Axis) {
    this.#trees = trees;
    this.#places = trees.map((tree) => placesOf(tree, axis));
    this.mergedOf = trees.map((tree) => new Int32Array(tree.count).fill(-1));
    this.#collect();
    this.#renumber();
    this.members = Uint8Array.from(this.sources, (of) =>
      of.reduce((bits, { run }) => bits | (1 << run), 0),
    );
  }

  /** All that is told of the nodes; what is at one place comes in the order in which it depends on each other. */
  facts(): Timed[] {
    const told: Timed[] = [];
    for (let node = 1; node < this.sources.length; node++) {
      const { run, node: own } = this.sources[node]![0]!;
      const tree = this.#trees[run]!;
      const at = this.#first(node);
      const above = this.#above(node);
      told.push({ at, fact: { type: "expanded", node: above, first: node, kids: 1 } });
      told.push({
        at,
        fact: {
          ...{ type: "proposed", node, step: this.#words(node, above), use: NO_USE },
          ...{ tokens: tree.tokens[own]!, ended: tree.endedBy(own) ?? "step" },
          ...{ logprob: nullIfNaN(tree.logprob[own]!), origin: tree.origin(own) ?? "policy" },
        },
      });
    }
    for (let node = 0; node < this.sources.length; node++) {
      told.push(...this.#judgements(node), ...this.#verdicts(node));
    }
    return told;
  }

  #collect(): void {
    const children = new Map<string, number>();
    for (const [run, tree] of this.#trees.entries()) {
      for (let node = 0; node < tree.count; node++) {
        if (node > 0 && tree.proposedSeq[node]! < 0) continue;
        const merged = this.#at(children, this.#keyOf(run, node));
        this.mergedOf[run]![node] = merged;
        this.sources[merged]!.push({ run, node });
      }
    }
  }

  #keyOf(run: number, node: NodeId): string {
    const tree = this.#trees[run]!;
    return node === ROOT ? "" : `${this.mergedOf[run]![tree.parent[node]!]} ${tree.step(node)}`;
  }

  #at(children: Map<string, number>, key: string): number {
    const known = children.get(key);
    if (known !== undefined) return known;
    const merged = this.sources.push([]) - 1;
    children.set(key, merged);
    return merged;
  }

  /** By when they come first, parents before children. */
  #renumber(): void {
    const firsts = this.sources.map((_, node) => this.#first(node));
    const depths = this.sources.map(([first]) =>
      first === undefined ? 0 : this.#trees[first.run]!.depth[first.node]!,
    );
    const order = [...this.sources.keys()].sort(
      (a, b) => firsts[a]! - firsts[b]! || depths[a]! - depths[b]! || a - b,
    );
    const renamed = new Int32Array(order.length);
    for (const [now, before] of order.entries()) renamed[before] = now;
    const sources = order.map((before) => this.sources[before]!);
    this.sources.splice(0, sources.length, ...sources);
    for (const column of this.mergedOf) {
      for (let node = 0; node < column.length; node++) {
        if (column[node]! >= 0) column[node] = renamed[column[node]!]!;
      }
    }
  }

  #first(merged: number): number {
    return Math.min(...this.sources[merged]!.map((source) => this.#bornAt(source)));
  }

  #bornAt({ run, node }: Source): number {
    return node === ROOT ? 0 : (this.#places[run]![this.#trees[run]!.proposedSeq[node]!] ?? 0);
  }

  /** Where something is told of a node: never before the node itself. */
  #place(source: Source, seq: number): number {
    return Math.max(this.#bornAt(source), this.#places[source.run]![seq] ?? 0);
  }

  #above(merged: number): number {
    const { run, node } = this.sources[merged]![0]!;
    return this.mergedOf[run]![this.#trees[run]!.parent[node]!]!;
  }

  #words(merged: number, above: number): string {
    const { run, node } = this.sources[merged]![0]!;
    const step = this.#trees[run]!.step(node);
    if (this.members[merged] === this.members[above]) return step;
    return `${lettersOf(this.members[merged]!)} ${step}`;
  }

  /** Scores and answers: what a second run says the same is not said again. */
  #judgements(merged: number): Timed[] {
    const told: Timed[] = [];
    let [score, isAnswered] = [Number.NaN, false];
    for (const source of this.sources[merged]!) {
      const { run, node } = source;
      const tree = this.#trees[run]!;
      if (tree.scoredSeq[node]! >= 0 && tree.score[node] !== score) {
        score = tree.score[node]!;
        const steps = tree.stepScores(node) ?? [];
        const fact = {
          type: "scored",
          node: merged,
          score,
          scorer: "",
          steps,
          use: NO_USE,
        } as const;
        told.push({ at: this.#place(source, tree.scoredSeq[node]!), fact });
      }
      const answer = isAnswered ? null : tree.answer(node);
      if (answer === null) continue;
      isAnswered = true;
      const { answer: text, canonical, correct } = answer;
      const fact = { type: "answered", node: merged, answer: text, canonical, correct } as const;
      told.push({ at: this.#place(source, tree.answeredSeq[node]!), fact });
    }
    return told;
  }

  /** What the searches decided, as far as they agree. */
  #verdicts(merged: number): Timed[] {
    const turns = this.sources[merged]!.flatMap((source, i) => this.#turnsOf(source, i));
    turns.sort((a, b) => a.at - b.at);
    const states = new Map<number, Turn["to"]>();
    const told: Timed[] = [];
    let now: Turn["to"] = "open";
    for (const turn of turns) {
      states.set(turn.source, turn.to);
      const all = [...states.values()];
      const next = all.includes("kept") ? "kept" : all.includes("open") ? "open" : "pruned";
      if (next === now) continue;
      told.push({ at: turn.at, fact: verdictFact(merged, next, turn.reason) });
      now = next;
    }
    return told;
  }

  #turnsOf(of: Source, source: number): Turn[] {
    const { run, node } = of;
    const tree = this.#trees[run]!;
    const turn = (to: Turn["to"], seq: number): Turn[] =>
      seq < 0 ? [] : [{ source, to, at: this.#place(of, seq), reason: tree.reason[node]! }];
    return [
      ...turn("open", node === ROOT ? 0 : tree.proposedSeq[node]!),
      ...turn("kept", tree.keptSeq[node]!),
      ...turn("pruned", tree.prunedSeq[node]!),
    ];
  }
}

interface Turn {
  readonly source: number;
  readonly to: "open" | "kept" | "pruned";
  readonly at: number;
  /** As `Tree.reason` has it. */
  readonly reason: number;
}

function verdictFact(node: NodeId, to: Turn["to"], reason: number): Fact {
  if (to === "kept") return { type: "kept", nodes: [node] };
  if (to === "open") return { type: "restored", nodes: [node] };
  const because = PRUNE_REASONS[reason - 1] ?? PRUNE_REASONS[0];
  const ground = { rank: null, cut: null, beatenBy: null };
  return { type: "pruned", nodes: [{ node, reason: because, ...ground }] };
}

/** The choice that is lit. */
function choiceOf(
  trees: readonly Tree[],
  axis: Axis,
  { trie, chosen }: { readonly trie: Trie; readonly chosen: number | null },
): Timed[] {
  const choices = trees.map((tree, run) => {
    const choice = tree.selectedAt();
    const leaf = choice?.path.at(-1);
    return choice === null || leaf === undefined
      ? null
      : { choice, run, leaf: trie.mergedOf[run]![leaf]! };
  });
  const asked = choices[chosen ?? 0];
  if (asked === null || asked === undefined) return [];
  if (chosen === null && choices.some((one) => one?.leaf !== asked.leaf)) return [];
  const { choice, run } = asked;
  const path = choice.path.map((node) => trie.mergedOf[run]![node]!);
  const { answer, correct, method } = choice;
  const fact: Fact = {
    ...{ type: "selected", path, method, answer, correct, votes: [], unreadable: 0 },
  };
  return [{ at: placesOf(trees[run]!, axis).at(-1) ?? 0, fact }];
}

/** The letters of the runs in a set of bits: `AC`. */
function lettersOf(members: number): string {
  let letters = "";
  for (let run = 0; members >> run > 0; run++) {
    if ((members >> run) & 1) letters += letterOf(run);
  }
  return letters;
}

function nullIfNaN(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
