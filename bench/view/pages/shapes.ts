import { drawInteger } from "../../../src/lib/draw.ts";
import { createRandom } from "../../../src/lib/random.ts";

export const SHAPES = ["beam", "bushy", "star", "chain"] as const;
export type Shape = (typeof SHAPES)[number];

export const STATUS = { open: 0, kept: 1, pruned: 2 } as const;

/**
 * A search tree as plain columns, from which every peer makes what it needs. Ids
 * are dense, parents come before their children, and the children of one node are
 * neighbours. Columns have room for more nodes than `count`.
 */
export interface FlatTree {
  count: number;
  /** −1 for the root. */
  readonly parent: Int32Array;
  /** [0, 1]; the root has none: NaN. */
  readonly score: Float32Array;
  /** `STATUS`. */
  readonly status: Uint8Array;
}

const BEAM_KIDS = 4;
/** Beam widths by size, so that trees get deeper as well as wider. */
const BEAM_WIDTHS: readonly (readonly [upTo: number, width: number])[] = [
  [1000, 8],
  [10_000, 16],
  [100_000, 64],
  [Number.POSITIVE_INFINITY, 256],
];
const BUSHY_KIDS = 4;
const BUSHY_PRUNED = 0.3;
/** Steps of each solution of a best-of-N. */
const STAR_STEPS = 20;

/** Parents and children of each in one batch of added nodes. */
const BATCH = { parents: 25, kids: 4 } as const;
/** Batches that a tree has room for. */
const MOST_BATCHES = 20;

/** The same tree for the same arguments. The beam may stop within its last level. */
export function makeTree(shape: Shape, nodes: number): FlatTree {
  const capacity = nodes + MOST_BATCHES * BATCH.parents * BATCH.kids;
  const tree: FlatTree = {
    count: 1,
    parent: new Int32Array(capacity).fill(-1),
    score: new Float32Array(capacity).fill(Number.NaN),
    status: new Uint8Array(capacity),
  };
  const random = createRandom(1);
  GROW[shape](tree, nodes, random);
  return tree;
}

const GROW: Readonly<Record<Shape, (tree: FlatTree, nodes: number, random: () => number) => void>> =
  {
    beam: growBeam,
    bushy: growBushy,
    star: growStar,
    chain: growChain,
  };

/** Adds children that score about as much as their parent. */
function addKids(tree: FlatTree, parent: number, kids: number, random: () => number): void {
  const start = parent === 0 ? 0.6 : tree.score[parent]!;
  for (let i = 0; i < kids; i++) {
    const node = tree.count++;
    tree.parent[node] = parent;
    tree.score[node] = Math.min(Math.max(start + (random() - 0.5) * 0.3, 0), 1);
  }
}

function growBeam(tree: FlatTree, nodes: number, random: () => number): void {
  const width = BEAM_WIDTHS.find(([upTo]) => nodes <= upTo)![1];
  let level = [0];
  let kids = width * BEAM_KIDS;
  while (tree.count < nodes) {
    const first = tree.count;
    for (const node of level) addKids(tree, node, Math.min(kids, nodes - tree.count), random);
    kids = BEAM_KIDS;
    const born = Array.from({ length: tree.count - first }, (_, i) => first + i);
    // Scores drift, or the best would all stand at 1 after a few levels.
    const drift = 0.6 - mean(born.map((node) => tree.score[node]!));
    for (const node of born) tree.score[node] = clamp(tree.score[node]! + drift);
    born.sort((a, b) => tree.score[b]! - tree.score[a]! || a - b);
    for (const [rank, node] of born.entries()) {
      tree.status[node] = rank < width ? STATUS.kept : STATUS.pruned;
    }
    level = born.slice(0, width).sort((a, b) => a - b);
  }
}

function growBushy(tree: FlatTree, nodes: number, random: () => number): void {
  const frontier = [0];
  while (tree.count < nodes) {
    const at = drawInteger(random, 0, frontier.length - 1);
    const node = frontier[at]!;
    frontier[at] = frontier.at(-1)!;
    frontier.pop();
    const first = tree.count;
    addKids(tree, node, Math.min(BUSHY_KIDS, nodes - first), random);
    for (let kid = first; kid < tree.count; kid++) {
      const isLast = frontier.length === 0 && kid === tree.count - 1;
      if (!isLast && random() < BUSHY_PRUNED) tree.status[kid] = STATUS.pruned;
      else frontier.push(kid);
    }
  }
}

function growStar(tree: FlatTree, nodes: number, random: () => number): void {
  const chains = Math.max(Math.floor((nodes - 1) / STAR_STEPS), 1);
  addKids(tree, 0, chains, random);
  while (tree.count < nodes) addKids(tree, tree.count - chains, 1, random);
}

function growChain(tree: FlatTree, nodes: number, random: () => number): void {
  while (tree.count < nodes) addKids(tree, tree.count - 1, 1, random);
}

/**
 * Adds one batch at the frontier: children of the newest nodes that are leaves and
 * not pruned; where there are not as many, of nodes before them. Returns the first new id.
 */
export function addBatch(tree: FlatTree): number {
  const first = tree.count;
  const isParent = new Uint8Array(first);
  for (let node = 1; node < first; node++) isParent[tree.parent[node]!] = 1;
  const parents: number[] = [];
  for (const wantsLeaf of [true, false]) {
    for (let node = first - 1; node > 0 && parents.length < BATCH.parents; node--) {
      if (tree.status[node] === STATUS.pruned || (isParent[node] === 0) !== wantsLeaf) continue;
      parents.push(node);
    }
  }
  const random = createRandom(first);
  for (const node of parents) addKids(tree, node, BATCH.kids, random);
  return first;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function clamp(score: number): number {
  return Math.min(Math.max(score, 0), 1);
}
