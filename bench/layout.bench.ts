import { hierarchy, tree as tidyTree } from "d3";
import { type ItemTree, TidyLayout } from "../src/app/tree/tidy-layout.ts";
import { COUSIN_ROWS } from "../src/app/tree/tidy-packing.ts";

/** What is added at a time: children for this many nodes, this many each. */
const PARENTS = 25;
const CHILDREN = 4;
const BATCHES = 100;
const BUILDS = 7;

/** A tree by its parents, and the nodes that the next ones are added to. */
interface Growing {
  readonly parents: number[];
  readonly next: () => number[];
}

const SHAPES: Record<string, (nodes: number) => Growing> = { beam, bushy, star, chain };
/** Longer chains are not searches, and d3 cannot walk them. */
const CHAIN_LIMIT = 50_000;

/**
 * Laying out whole trees and adding to them, in ms: median, and 95th percentile where
 * many are timed. With `d3` the same trees by d3-hierarchy, from objects that are there.
 * `--json` prints one line a tree instead of a table.
 */
export function run(args: string[]): Promise<void> {
  const sizes = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const rows = (sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]).flatMap((nodes) =>
    Object.keys(SHAPES)
      .filter((shape) => shape !== "chain" || nodes <= CHAIN_LIMIT)
      .map((shape) => measure(shape, nodes, args.includes("d3"))),
  );
  if (args.includes("--json")) for (const row of rows) console.log(JSON.stringify(row));
  else console.table(rows);
  return Promise.resolve();
}

function measure(shape: string, nodes: number, withD3: boolean): Record<string, unknown> {
  const growing = SHAPES[shape]!(nodes);
  const tree = itemTree(growing.parents);
  let layout = new TidyLayout();
  const builds = sortedTimes(BUILDS, () => {
    // One that has laid out the tree before would have next to nothing to do.
    layout = new TidyLayout();
    return msOf(() => layout.build(tree));
  });
  const bytesPerNode = layout.bytes() / tree.count;
  const appends = sortedTimes(BATCHES, () => {
    const parents = Int32Array.from(growing.next());
    return msOf(() => layout.append(parents));
  });
  return {
    shape,
    nodes: tree.count,
    columns: layout.layout.columns,
    buildMs: quantile(builds, 0.5),
    appendMs: quantile(appends, 0.5),
    appendP95Ms: quantile(appends, 0.95),
    appendMaxMs: quantile(appends, 1),
    bytesPerNode: Number(bytesPerNode.toFixed(1)),
    ...(withD3 && { d3Ms: d3Ms(growing.parents.slice(0, tree.count)) }),
  };
}

/** Beam search: of four candidates of each node, a quarter of all is kept. */
function beam(nodes: number): Growing {
  const random = randomNumbers();
  const width = Math.max(4, 4 * Math.round(Math.sqrt(nodes) / 4));
  const parents = [-1];
  let level = [0];
  let place = 0;
  const next = () => {
    const start = parents.length;
    for (let i = 0; i < PARENTS; i++) {
      if (place === level.length) [level, place] = [survivors(level, parents, width, random), 0];
      const parent = level[place++]!;
      for (let child = 0; child < CHILDREN; child++) parents.push(parent);
    }
    return parents.slice(start);
  };
  while (parents.length < nodes) next();
  return { parents, next };
}

/** A quarter of `width` children of the level before, by chance but with brothers of the good. */
function survivors(
  level: readonly number[],
  parents: readonly number[],
  width: number,
  random: () => number,
): number[] {
  const before = new Set(level);
  const children: number[] = [];
  for (let node = parents.length - 1; before.has(parents[node]!); node--) children.push(node);
  return children
    .reverse()
    .map((node) => ({ node, score: random() }))
    .sort((a, b) => b.score - a.score)
    .slice(0, width / CHILDREN)
    .map(({ node }) => node)
    .sort((a, b) => a - b);
}

/** Children for nodes anywhere on the frontier, of which three in ten are pruned. */
function bushy(nodes: number): Growing {
  const random = randomNumbers();
  const parents = [-1];
  const frontier = [0];
  const next = () => {
    const batch: number[] = [];
    for (let i = 0; i < PARENTS; i++) {
      const place = Math.floor(random() * frontier.length);
      const parent = frontier[place]!;
      if (frontier.length > 1) frontier[place] = frontier.pop()!;
      for (let child = 0; child < CHILDREN; child++) batch.push(parent);
    }
    for (let i = 0; i < batch.length; i++) {
      if (random() > 0.3 || frontier.length === 0) frontier.push(parents.length + i);
    }
    parents.push(...batch);
    return batch;
  };
  while (parents.length < nodes) next();
  return { parents, next };
}

/** Best of N: 5,000 chains at a million nodes, which grow in turn by chance. */
function star(nodes: number): Growing {
  const random = randomNumbers();
  const width = Math.round(nodes / 200);
  const ends: number[] = [];
  const parents = [-1];
  const next = () => {
    const batch: number[] = [];
    for (let i = 0; i < PARENTS * CHILDREN; i++) {
      const chain = ends.length < width ? ends.length : Math.floor(random() * width);
      batch.push(ends[chain] ?? 0);
      ends[chain] = parents.length + i;
    }
    parents.push(...batch);
    return batch;
  };
  while (parents.length < nodes) next();
  return { parents, next };
}

function chain(nodes: number): Growing {
  const parents = Array.from({ length: nodes }, (_, node) => node - 1);
  const next = () => {
    const batch = Array.from({ length: PARENTS * CHILDREN }, (_, i) => parents.length + i - 1);
    parents.push(...batch);
    return batch;
  };
  return { parents, next };
}

function itemTree(parents: readonly number[]): ItemTree {
  const count = parents.length;
  const firstChild = new Int32Array(count).fill(-1);
  const lastChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  for (let node = 1; node < count; node++) {
    const up = parents[node]!;
    if (lastChild[up]! < 0) firstChild[up] = node;
    else nextSibling[lastChild[up]!] = node;
    lastChild[up] = node;
  }
  return { count, top: 0, firstChild, nextSibling };
}

interface Item {
  readonly children: Item[];
}

function d3Ms(parents: readonly number[]): number {
  const items = parents.map((): Item => ({ children: [] }));
  for (let node = 1; node < parents.length; node++) {
    items[parents[node]!]!.children.push(items[node]!);
  }
  const layout = tidyTree<Item>()
    .nodeSize([1, 1])
    .separation((a, b) => (a.parent === b.parent ? 1 : COUSIN_ROWS));
  const times = sortedTimes(3, () => msOf(() => layout(hierarchy(items[0]!))));
  return quantile(times, 0.5);
}

function msOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function sortedTimes(repetitions: number, timed: () => number): number[] {
  return Array.from({ length: repetitions }, timed).sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], share: number): number {
  return Number(sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)]!.toFixed(3));
}

/** Numbers in [0, 1) that are the same every time: Marsaglia 2003, "Xorshift RNGs". */
function randomNumbers(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
