import { type ArrangeInput, STANDS } from "./arrangement.ts";
import { isPruned, KINDS, type Kind, kindOf } from "./looks.ts";

/** An item with the items below it, all as plain objects. */
interface NaiveItem {
  /** The node that it is; the first of `nodes`. */
  readonly id: number;
  /** Identical siblings, ascending. */
  readonly nodes: readonly number[];
  /** All items below it, hidden or not. */
  readonly children: NaiveItem[];
}

interface NaiveArrangement {
  /** Items with a place, from the top down, with what they stand for. */
  readonly stands: ReadonlyMap<number, number>;
  readonly below: ReadonlyMap<number, readonly number[]>;
  /** Of every node of the hoisted part. */
  readonly shownAt: ReadonlyMap<number, number>;
}

const LANDMARKS: ReadonlySet<Kind> = new Set<Kind>([
  "unknownAnswer",
  "wrongAnswer",
  "rightAnswer",
  "prunedRight",
]);

/** What `arrange` gives, by its words instead of by linear passes; for tests. */
export function naiveArrange(input: ArrangeInput): NaiveArrangement {
  const top = naiveItems(input);
  const stands = new Map([[top.id, STANDS.itself as number]]);
  const below = new Map<number, number[]>();
  const shownAt = new Map([[top.id, top.id]]);
  const open = [top];
  for (const { id, children } of open) {
    const group = deadGroup(children, input);
    const places: number[] = [];
    for (const child of children) {
      const stand = standOf(child, group, input);
      const at = stand === STANDS.dead ? group[0]!.id : child.id;
      // Those below an open item are placed again when it is looked at.
      show(nodesOf(child), at, shownAt);
      if (at !== child.id) continue;
      places.push(at);
      stands.set(at, stand);
      if (stand === STANDS.itself || stand === STANDS.same) open.push(child);
    }
    below.set(id, input.order === "score" ? byScore(places, stands, input) : places);
  }
  return { stands, below, shownAt };
}

function show(nodes: readonly number[], at: number, shownAt: Map<number, number>): void {
  for (const node of nodes) shownAt.set(node, at);
}

/** The siblings that are one item since they are dead. */
function deadGroup(children: readonly NaiveItem[], input: ArrangeInput): NaiveItem[] {
  const dead = children.filter((child) => isDead(child, input));
  const isOpened = dead.some((child) => isUnfolded(child, input));
  return input.foldsDead && !isOpened && dead.flatMap(nodesOf).length > 1 ? dead : [];
}

function standOf(item: NaiveItem, group: readonly NaiveItem[], input: ArrangeInput): number {
  if (group.includes(item)) return STANDS.dead;
  const { folded, least } = input.folding;
  const isSmall = sizeOf(item, input) < least && !isUnfolded(item, input);
  const isFolded = isSmall || item.nodes.some((node) => folded.has(node));
  if (isFolded && item.children.length > 0) return STANDS.subtree;
  return item.nodes.length > 1 ? STANDS.same : STANDS.itself;
}

function isUnfolded({ nodes }: NaiveItem, { folding }: ArrangeInput): boolean {
  return nodes.some((node) => folding.unfolded.has(node));
}

/** The tree below `top` with identical siblings merged, if they are to be. */
export function naiveItems({ count, parent, order, sameStep, top }: ArrangeInput): NaiveItem {
  const root: NaiveItem = { id: top, nodes: [top], children: [] };
  const queue = [root];
  for (const item of queue) {
    const groups = new Map<string, number[]>();
    for (let node = 0; node < count; node++) {
      if (!item.nodes.includes(parent[node]!)) continue;
      const step = order === "merged" ? sameStep![node]! : -1;
      const key = step < 0 ? `node ${node}` : `step ${step}`;
      groups.set(key, [...(groups.get(key) ?? []), node]);
    }
    for (const nodes of groups.values()) {
      item.children.push({ id: nodes[0]!, nodes, children: [] });
    }
    queue.push(...item.children);
  }
  return root;
}

/** All nodes of an item and of what is below it. */
function nodesOf(item: NaiveItem): number[] {
  const items = [item];
  for (const { children } of items) items.push(...children);
  return items.flatMap(({ nodes }) => nodes);
}

/** Whether a node keeps those above it from being dead. */
export function isLiving({ count, parent, looks }: ArrangeInput, node: number): boolean {
  const kind = kindOf(looks[node]!);
  const isLeaf = !parent.subarray(0, count).includes(node);
  return LANDMARKS.has(KINDS[kind]!) || (isLeaf && !isPruned(kind));
}

function isDead(item: NaiveItem, input: ArrangeInput): boolean {
  return !nodesOf(item).some((node) => isLiving(input, node));
}

function sizeOf(item: NaiveItem, { weight }: ArrangeInput): number {
  return nodesOf(item).reduce((sum, node) => sum + (weight === null ? 1 : weight[node]!), 0);
}

function byScore(
  items: readonly number[],
  stands: ReadonlyMap<number, number>,
  { score }: ArrangeInput,
): number[] {
  const rank = (item: number) => {
    if (stands.get(item) === STANDS.dead) return 2;
    return Number.isNaN(score![item]!) ? 1 : -score![item]!;
  };
  return items.toSorted((a, b) => rank(a) - rank(b));
}
