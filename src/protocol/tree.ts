import { type Answer, Answers } from "./answers.ts";
import type { Use } from "./budget.ts";
import type { NarrowArray } from "./columns.ts";
import { Course, type Ending, type RoundStart, type SelectedEvent } from "./course.ts";
import { isKnown, kindOf } from "./event-kinds.ts";
import { firstUnannounced, mainNode, sharedBy } from "./event-nodes.ts";
import { EventRows, MAX_NODE } from "./event-rows.ts";
import {
  type NodeId,
  type OtherToken,
  ROOT,
  type RunEvent,
  type StartedEvent,
  type UnknownEvent,
} from "./events.ts";
import { Lineage } from "./lineage.ts";
import { type Ended, type Origin, Proposals } from "./proposals.ts";
import { Scores } from "./scores.ts";
import { SharedEvents } from "./shared-events.ts";
import { type NodeStatus, type Pruning, STATUSES, Statuses } from "./statuses.ts";
import { TreeError } from "./tree-error.ts";
import { UseTrack } from "./use-track.ts";
import { Versions } from "./versions.ts";
import { VisitHistory, type Visits } from "./visits.ts";

export type { NodeStatus } from "./statuses.ts";
export { STATUSES, TreeError };

/** A judgement of a step by somebody. */
export interface Label {
  readonly seq: number;
  readonly label: 1 | 0 | -1;
  readonly by: string;
}

/** Whose scores are meant: those that the search decides by, or those of a second verifier. */
export type Judge = "search" | "second";

/** The scores of all nodes by one verifier, as columns that hold the latest. */
export interface JudgedScores extends Pick<Scores, "scoreAt"> {
  readonly scoredSeq: Int32Array;
  readonly score: Float32Array;
}

/** The tree that a whole log tells of. Throws a `TreeError`. */
export function foldLog(events: Iterable<RunEvent | UnknownEvent>): Tree {
  const tree = new Tree();
  tree.apply(events);
  return tree;
}

/**
 * The search tree that a log tells of, at its latest moment and at every one
 * before: the only definition of a tree, for server, browser, replay and tests.
 *
 * Columns are typed arrays indexed by node id. They may have room for more than
 * `count` nodes and are replaced when they grow, so read them through the tree
 * each time. They say what holds after the last event; readers that take a `seq`
 * say what held after that event, by comparison and not by replay.
 * Moments are seqs; −1 stands for never, and for no node. Scores and
 * log-probabilities have single precision.
 */
export class Tree {
  readonly #lineage = new Lineage();
  readonly #statuses = new Statuses();
  readonly #scores = new Scores(this.#lineage);
  readonly #second = new Scores(this.#lineage);
  #hasSecond = false;
  readonly #proposals = new Proposals();
  readonly #answers = new Answers();
  readonly #visits = new VisitHistory();
  readonly #labels = new Versions<Label>();
  readonly #rows = new EventRows();
  readonly #shared = new SharedEvents();
  readonly #use = new UseTrack();
  readonly #course = new Course();
  readonly #unknownTypes = new Map<string, number>();
  #unknown = 0;
  #version = 0;

  /** Nodes announced so far, the root and placeholders included. */
  get count(): number {
    return this.#lineage.count;
  }

  /** Seq of the last event that was applied, −1 before the first. */
  get seq(): number {
    return this.#rows.length - 1;
  }

  /** One more after every `apply` that applied something. */
  get version(): number {
    return this.#version;
  }

  /** Events of types that this version does not know. */
  get unknown(): number {
    return this.#unknown;
  }

  get unknownTypes(): ReadonlyMap<string, number> {
    return this.#unknownTypes;
  }

  get started(): StartedEvent | null {
    return this.#course.started;
  }

  /** What a node is. */
  get unit(): "step" | "token" {
    return this.started?.unit ?? "step";
  }

  /** `null`: still running, or the connection was lost. */
  get ending(): Ending | null {
    return this.#course.ending;
  }

  /** Depth of the deepest node; the root has 0. */
  get maxDepth(): number {
    return this.#lineage.maxDepth;
  }

  get parent(): Int32Array {
    return this.#lineage.parent;
  }

  get firstChild(): Int32Array {
    return this.#lineage.firstChild;
  }

  get depth(): NarrowArray {
    return this.#lineage.depth;
  }

  /** Ascending: ids are given out in the order of time. */
  get announcedSeq(): Int32Array {
    return this.#statuses.announcedSeq;
  }

  /** For the root the same as `announcedSeq`. */
  get proposedSeq(): Int32Array {
    return this.#statuses.proposedSeq;
  }

  /** When `score` was given: the last time, if there were several. */
  get scoredSeq(): Int32Array {
    return this.#scores.scoredSeq;
  }

  /** Since when it is kept, or was until it was pruned. */
  get keptSeq(): Int32Array {
    return this.#statuses.keptSeq;
  }

  /** −1 again once the node is restored or kept. */
  get prunedSeq(): Int32Array {
    return this.#statuses.prunedSeq;
  }

  get answeredSeq(): Int32Array {
    return this.#answers.answeredSeq;
  }

  /** Latest score in [0, 1], NaN until scored. */
  get score(): Float32Array {
    return this.#scores.score;
  }

  get tokens(): NarrowArray {
    return this.#proposals.tokens;
  }

  /** Of a node's tokens, those of reasoning; the others state its answer. `null` for the root, for placeholders, and if unknown. */
  reasoningTokens(node: NodeId): number | null {
    return this.#proposals.reasoningTokens(node);
  }

  /** NaN: unknown. */
  get logprob(): Float32Array {
    return this.#proposals.logprob;
  }

  /** Index into `PRUNE_REASONS` + 1; 0 for nodes that are not pruned. */
  get reason(): Uint8Array {
    return this.#statuses.reason;
  }

  /** From 1; 0 where nothing was ranked. */
  get rank(): NarrowArray {
    return this.#statuses.rank;
  }

  get rounds(): readonly RoundStart[] {
    return this.#course.rounds;
  }

  /**
   * Takes the next events of the log; amortised O(1) an event, apart from lists in
   * it. Throws a `TreeError` at the first that contradicts what came before; those
   * before it stay applied.
   */
  apply(events: Iterable<RunEvent | UnknownEvent>): void {
    const before = this.seq;
    try {
      for (const event of events) this.#applyOne(event);
    } finally {
      if (this.seq !== before) this.#version++;
    }
  }

  statusAt(node: NodeId, seq: number = this.seq): NodeStatus {
    return this.#statuses.statusAt(node, seq);
  }

  /** Why it is pruned; `null` if it is not, then. */
  pruningAt(node: NodeId, seq: number = this.seq): Pruning | null {
    return this.#statuses.pruningAt(node, seq);
  }

  /** The cut line that a pruned node was below; NaN where there was none. */
  cut(node: NodeId): number {
    return this.#statuses.cut(node);
  }

  /** NaN if not scored by then. */
  scoreAt(node: NodeId, seq: number = this.seq): number {
    return this.#scores.scoreAt(node, seq);
  }

  /** Whether a second verifier, which steers nothing, has scored anything. */
  get hasSecond(): boolean {
    return this.#hasSecond;
  }

  /** What one of the verifiers said of all nodes; what the search decided by where there is no second one. */
  scoresBy(judge: Judge): JudgedScores {
    return judge === "second" && this.#hasSecond ? this.#second : this.#scores;
  }

  /** What the second verifier had said by then; NaN if nothing. */
  secondScoreAt(node: NodeId, seq: number = this.seq): number {
    return this.#second.scoreAt(node, seq);
  }

  /** The end of the rollout whose score `node` has by then; −1 if it has its own. */
  rolledOutTo(node: NodeId, seq: number = this.seq): NodeId | -1 {
    return this.#scores.rolledOutTo(node, seq);
  }

  /** When the score was given that held then; −1 if there was none. */
  scoredSeqAt(node: NodeId, seq: number = this.seq): number {
    return this.#scores.scoredSeqAt(node, seq);
  }

  /** Raw score of every step from the root to `node`, as of when it was last scored by then; `null` if it was not. */
  stepScores(node: NodeId, seq: number = this.seq): number[] | null {
    return this.#scores.stepScoresAt(node, seq);
  }

  /** When it was expanded first; −1 for never. */
  expandedSeq(node: NodeId): number {
    const kid = this.firstChild[node]!;
    return kid < 0 ? -1 : this.announcedSeq[kid]!;
  }

  /** Nodes announced by then: those with smaller ids. */
  countAt(seq: number): number {
    return this.#statuses.countAt(seq);
  }

  /** Empty for the root and for placeholders. */
  step(node: NodeId): string {
    return this.#proposals.step(node);
  }

  /** The prefix that ends with `node`: all steps on its path. */
  steps(node: NodeId): string[] {
    return this.path(node)
      .slice(1)
      .map((at) => this.step(at));
  }

  /** An earlier node with the same prefix and step; −1 for none. */
  duplicateOf(node: NodeId): NodeId | -1 {
    return this.#proposals.duplicateOf(node);
  }

  /** Of the first step of another attempt: where the one before it ended; −1 for none. */
  revises(node: NodeId): NodeId | -1 {
    return this.#proposals.revises(node);
  }

  /** Whether it is a token that is no text but frames it: its step is a name. */
  isControl(node: NodeId): boolean {
    return this.#proposals.isControl(node);
  }

  /** Of a token: the likeliest others in its place that are no nodes, likeliest first. */
  others(node: NodeId): readonly OtherToken[] {
    return this.#proposals.others(node);
  }

  /** `null` for the root and for placeholders. */
  endedBy(node: NodeId): Ended | null {
    return this.#proposals.ended(node);
  }

  /** `null` for the root and for placeholders. */
  origin(node: NodeId): Origin | null {
    return this.#proposals.origin(node);
  }

  /** The child of the same node that comes after it; −1 for none. */
  nextSibling(node: NodeId): NodeId | -1 {
    return this.#lineage.nextSibling(node);
  }

  /** From the root to `node`, both included. */
  path(node: NodeId): NodeId[] {
    return this.#lineage.path(node);
  }

  children(node: NodeId): Iterable<NodeId> {
    return this.#lineage.children(node);
  }

  /** `null` if no answer was read from it by then. */
  answer(node: NodeId, seq: number = this.seq): Answer | null {
    return this.#answers.at(node, seq);
  }

  /** Whether the answer read by then was right, `null` if nobody can tell; `undefined` if there was none. */
  correctAt(node: NodeId, seq: number = this.seq): boolean | null | undefined {
    return this.#answers.correctAt(node, seq);
  }

  /** When the answer was read that held then; −1 if there was none. */
  answeredSeqAt(node: NodeId, seq: number = this.seq): number {
    return this.#answers.seqAt(node, seq);
  }

  /** The latest choice by then. */
  selectedAt(seq: number = this.seq): SelectedEvent | null {
    return this.#course.selectedAt(seq);
  }

  /** Exact running totals after that event. */
  useAt(seq: number = this.seq): Use {
    return this.#use.at(seq);
  }

  /** MCTS statistics; `null` if there were none by then. */
  visitsAt(node: NodeId, seq: number = this.seq): Visits | null {
    return this.#visits.at(node, seq);
  }

  /** Whether the run stood still and waited for a person. */
  pausedAt(seq: number = this.seq): boolean {
    return this.#course.pausedAt(seq);
  }

  /** Index into `rounds`, −1 before the first. */
  roundAt(seq: number): number {
    return this.#course.roundAt(seq);
  }

  /** Judgements of a step, oldest first. */
  labels(node: NodeId): readonly Label[] {
    return this.#labels.of(node) ?? [];
  }

  /** ms since the run began, to single precision. Throws a `RangeError` for an event that is not there. */
  timeAt(seq: number): number {
    return this.#rows.timeAt(seq);
  }

  /** Index into `EVENT_KINDS`. Throws a `RangeError` for an event that is not there. */
  eventKindAt(seq: number): number {
    return this.#rows.kindAt(seq);
  }

  /** The node that the event is about, the first of several; −1 for none. Throws a `RangeError` for an event that is not there. */
  eventNodeAt(seq: number): NodeId | -1 {
    return this.#rows.nodeAt(seq);
  }

  /** Nodes whose status or score changed more often than the columns tell; a node may come twice. */
  *changedOften(): Generator<NodeId, void, void> {
    yield* this.#statuses.changedOften();
    yield* this.#scores.changedOften();
    yield* this.#second.changedOften();
  }

  /**
   * Calls `visit` for every node that an event from `from` to `to`, both included,
   * is about or announces: once or several times, in no certain order. Events that
   * are not there are left out. O(events + nodes told).
   */
  eachNodeChangedBetween(from: number, to: number, visit: (node: NodeId) => void): void {
    const first = Math.max(from, 0);
    const last = Math.min(to, this.seq);
    if (first > last) return;
    this.#rows.eachNodeBetween(first, last, visit);
    this.#shared.eachBetween(first, last, visit);
    const end = this.countAt(last);
    for (let node = this.countAt(first - 1); node < end; node++) visit(node);
  }

  /** Memory of everything that grows with nodes or events, room to grow included; without text and its references. */
  bytes(): number {
    const parts = [
      this.#lineage,
      this.#statuses,
      this.#scores,
      this.#second,
      this.#proposals,
      this.#answers,
      this.#visits,
      this.#labels,
      this.#rows,
      this.#shared,
      this.#use,
      this.#course,
    ];
    return parts.reduce((sum, part) => sum + part.bytes(), 0);
  }

  #applyOne(event: RunEvent | UnknownEvent): void {
    const expected = this.seq + 1;
    if (event.seq !== expected) {
      const what = event.seq < expected ? "came twice or too late" : "came too early";
      throw new TreeError(event, `${what}, the next seq is ${expected}`);
    }
    if (isKnown(event)) {
      this.#take(event);
      this.#rows.push(kindOf(event.type), mainNode(event), event.t);
      const nodes = sharedBy(event);
      if (nodes.length > 1) this.#shared.push(event.seq, nodes);
    } else {
      this.#count(event.type);
      this.#rows.push(kindOf(event.type), -1, event.t);
    }
  }

  #count(type: string): void {
    this.#unknown++;
    this.#unknownTypes.set(type, (this.#unknownTypes.get(type) ?? 0) + 1);
  }

  /** Applies an event: all of it or, if it throws, nothing. */
  #take(event: RunEvent): void {
    const unannounced = firstUnannounced(event, this.count);
    if (unannounced !== -1) {
      throw new TreeError(event, `node ${unannounced} was never announced`, unannounced);
    }
    this.#change(event);
    if ("use" in event) this.#use.push(event.seq, event.use);
  }

  #change(event: RunEvent): void {
    switch (event.type) {
      case "started":
        this.#start(event);
        break;
      case "round":
        this.#course.begin(event);
        break;
      case "expanded":
        this.#expand(event);
        break;
      case "proposed":
        this.#propose(event);
        break;
      case "scored":
        this.#scores.put(event);
        break;
      case "judged":
        this.#hasSecond = true;
        this.#second.reserve(this.count);
        this.#second.put(event);
        break;
      case "kept":
        for (const node of event.nodes) this.#statuses.keep(node, event.seq);
        break;
      case "pruned":
        for (const node of event.nodes) this.#statuses.prune(node, event.seq);
        break;
      case "restored":
        for (const node of event.nodes) this.#statuses.restore(node, event.seq);
        break;
      case "visited":
        for (const visit of event.nodes) this.#visits.put(visit, event.seq);
        break;
      case "answered":
        this.#answers.put(event);
        break;
      case "selected":
        this.#course.select(event);
        break;
      case "steered":
        break;
      case "labelled":
        this.#labels.add(event.node, { seq: event.seq, label: event.label, by: event.by });
        break;
      case "paused":
      case "resumed":
        this.#course.pause(event.type === "paused", event.seq);
        break;
      case "finished":
      case "failed":
      case "cancelled":
        this.#course.end(event);
        break;
      default:
        event satisfies never;
    }
  }

  #start(event: StartedEvent): void {
    this.#course.start(event);
    this.#scores.start(this.unit);
    this.#second.start(this.unit);
    this.#lineage.plant();
    this.#reserve();
    this.#statuses.announce(1, event.seq);
    this.#statuses.propose(ROOT, event.seq);
  }

  #expand(event: Extract<RunEvent, { type: "expanded" }>): void {
    const { node, first, kids, seq } = event;
    if (first !== this.count) {
      const message = `the first child of node ${node} is ${first}, the next id is ${this.count}`;
      throw new TreeError(event, message, first);
    }
    if (first + kids - 1 > MAX_NODE) {
      throw new TreeError(event, `${kids} children of node ${node} pass id ${MAX_NODE}`, node);
    }
    this.#lineage.announce(node, kids);
    this.#reserve();
    this.#statuses.announce(kids, seq);
  }

  #propose(event: Extract<RunEvent, { type: "proposed" }>): void {
    const { node, seq, tokens, reasoningTokens = 0 } = event;
    if (reasoningTokens > tokens) {
      const message = `node ${node} has ${reasoningTokens} tokens of reasoning among ${tokens}`;
      throw new TreeError(event, message, node);
    }
    const proposed = this.proposedSeq[node]!;
    if (proposed !== -1) {
      throw new TreeError(event, `node ${node} was already proposed, by event ${proposed}`, node);
    }
    this.#proposals.put(event);
    this.#statuses.propose(node, seq);
  }

  /** Room for all announced nodes in the columns that do not grow by themselves. */
  #reserve(): void {
    this.#scores.reserve(this.count);
    if (this.#hasSecond) this.#second.reserve(this.count);
    this.#proposals.reserve(this.count);
    this.#answers.reserve(this.count);
  }
}
