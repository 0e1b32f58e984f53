import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import { NO_FOLDING } from "../state/reading.ts";
import { arrange, isIdentity } from "./arrange.ts";
import { type ArrangeInput, type Arrangement, STANDS } from "./arrangement.ts";
import { KIND, kindOf, lookOf } from "./looks.ts";
import { isLiving, naiveArrange, naiveItems } from "./naive-arrange.ts";
import { anyInput, plainInput } from "./random-arrange.ts";

function childrenOf({ firstChild, nextSibling }: Arrangement, item: number): number[] {
  const children: number[] = [];
  for (let child = firstChild[item]!; child !== -1; child = nextSibling[child]!) {
    if (children.length > nextSibling.length) throw new Error(`siblings of ${child} go around`);
    children.push(child);
  }
  return children;
}

/** Items as they are met from the top down, each as often as it is met. */
function itemsOf(arrangement: Arrangement): number[] {
  const items = [arrangement.top];
  for (const item of items) {
    items.push(...childrenOf(arrangement, item));
    if (items.length > arrangement.count) throw new Error("more items than nodes");
  }
  return items;
}

function ancestorsOf({ parent }: ArrangeInput, node: number): number[] {
  const ancestors: number[] = [];
  for (let at = parent[node]!; at !== -1; at = parent[at]!) ancestors.push(at);
  return ancestors;
}

/** Nodes of the hoisted part. */
function insideOf(input: ArrangeInput): number[] {
  return Array.from({ length: input.count }, (_, node) => node).filter(
    (node) => node === input.top || ancestorsOf(input, node).includes(input.top),
  );
}

/** Asserts something of arrangements of random trees by random options. */
function law(holds: (input: ArrangeInput, arrangement: Arrangement) => void): void {
  fc.assert(
    fc.property(anyInput, (input) => holds(input, arrange(input))),
    { numRuns: 400 },
  );
}

test("V7: every node of the hoisted part is shown at one item, which is met once from the top", () => {
  law((input, arrangement) => {
    const items = itemsOf(arrangement);
    expect(new Set(items).size).toBe(items.length);
    const inside = new Set(insideOf(input));
    for (let node = 0; node < input.count; node++) {
      const at = arrangement.shownAt[node]!;
      if (inside.has(node)) expect(items).toContain(at);
      else expect(at).toBe(-1);
    }
    for (const item of items) expect(arrangement.shownAt[item]).toBe(item);
  });
});

test("sizes say how many nodes are shown at an item, and what stands for itself is one", () => {
  law((input, { shownAt, size, stands }) => {
    const counted = new Int32Array(input.count);
    for (const at of shownAt) if (at !== -1) counted[at]!++;
    expect(size).toEqual(counted);
    shownAt.forEach((at, node) => {
      if (at === node) expect(size[node] === 1).toBe(stands[node] === STANDS.itself);
      else expect(stands[node]).toBe(STANDS.itself);
    });
  });
});

test("above an item is where its parent is shown, and its depth is that of its node", () => {
  law((input, arrangement) => {
    for (const item of itemsOf(arrangement)) {
      for (const child of childrenOf(arrangement, item)) {
        expect(arrangement.shownAt[input.parent[child]!]).toBe(item);
        expect(ancestorsOf(input, child).length).toBe(ancestorsOf(input, item).length + 1);
      }
    }
  });
});

test("an arrangement is what its words say, taken naively", () => {
  law((input, arrangement) => {
    const naive = naiveArrange(input);
    for (const [node, at] of naive.shownAt) expect(arrangement.shownAt[node]).toBe(at);
    for (const [item, stands] of naive.stands) expect(arrangement.stands[item]).toBe(stands);
    for (const item of itemsOf(arrangement)) {
      expect(childrenOf(arrangement, item)).toEqual(naive.below.get(item) ?? []);
    }
  });
});

test("a hand unfolds down to any node", () => {
  fc.assert(
    fc.property(anyInput, fc.nat(), (drawn, pick) => {
      const inside = insideOf(drawn);
      const node = inside[pick % inside.length]!;
      const line = [node, ...ancestorsOf(drawn, node)];
      const unfolded = new Set([...drawn.folding.unfolded, ...line]);
      const folding = { ...drawn.folding, unfolded, folded: new Set<number>() };
      const { shownAt } = arrange({ ...drawn, folding });
      for (const at of line.slice(0, line.indexOf(drawn.top) + 1)) {
        if (drawn.order === "merged") expect(shownAt[at]).toBe(naiveRepresentative(drawn, at));
        else expect(shownAt[at]).toBe(at);
      }
    }),
  );
});

function naiveRepresentative(input: ArrangeInput, node: number): number {
  const items = [naiveItems(input)];
  for (const { children } of items) items.push(...children);
  return items.find(({ nodes }) => nodes.includes(node))!.id;
}

test("all below a node that a hand has folded is shown where the node is", () => {
  law((input, { shownAt }) => {
    for (const node of insideOf(input)) {
      for (const above of ancestorsOf(input, node)) {
        if (above <= input.top || !input.folding.folded.has(above)) continue;
        expect(shownAt[node]).toBe(shownAt[above]);
      }
    }
  });
});

test("V8: what is dead folds to items of two nodes or more, and hides nothing that lives", () => {
  law((input, { shownAt, stands, size }) => {
    for (const node of insideOf(input)) {
      const at = shownAt[node]!;
      if (stands[at] !== STANDS.dead) continue;
      expect(isLiving(input, node)).toBe(false);
      expect(size[at]).toBeGreaterThan(1);
      expect(input.foldsDead).toBe(true);
    }
  });
});

test("with dead subtrees folded and no hand, what is dead and has a place is single", () => {
  law((drawn) => {
    const input = { ...drawn, foldsDead: true, folding: NO_FOLDING };
    const arrangement = arrange(input);
    const isDead = (node: number) =>
      !insideOf({ ...input, top: node }).some((below) => isLiving(input, below));
    for (const item of itemsOf(arrangement)) {
      if (input.order === "merged") continue;
      const dead = childrenOf(arrangement, item).filter(isDead);
      expect(dead.length).toBeLessThan(2);
    }
  });
});

test("folded by size are all that are small enough, none larger, and the largest of them", () => {
  law((drawn) => {
    const folding = { ...NO_FOLDING, least: drawn.folding.least };
    const input: ArrangeInput = { ...drawn, order: "generated", foldsDead: false, folding };
    const arrangement = arrange(input);
    for (const item of itemsOf(arrangement)) {
      const nodes = insideOf({ ...input, top: item });
      const size = nodes.reduce((sum, node) => sum + (input.weight?.[node] ?? 1), 0);
      const isSmall = item !== input.top && size < folding.least && nodes.length > 1;
      expect(arrangement.stands[item] === STANDS.subtree).toBe(isSmall);
    }
  });
});

test("siblings stand by their ids, or the best score first and dead ones last", () => {
  law((input, arrangement) => {
    for (const item of itemsOf(arrangement)) {
      const children = childrenOf(arrangement, item);
      const byId = children.toSorted((a, b) => a - b);
      if (input.order !== "score") {
        expect(children).toEqual(byId);
        continue;
      }
      const inOrder = arrange({ ...input, order: "generated" });
      expect(byId).toEqual(childrenOf(inOrder, item));
      const scores = children.map((child) =>
        arrangement.stands[child] === STANDS.dead ? -2 : (nanless(input.score![child]!) ?? -1),
      );
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }
  });
});

function nanless(score: number): number | null {
  return Number.isNaN(score) ? null : score;
}

test("many siblings are sorted as few are, and equals stay as generated", () => {
  const scores = fc.oneof(fc.constantFrom(0, 0.5, 1, Number.NaN), fc.double({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(scores, { minLength: 1, maxLength: 200, size: "max" }), (drawn) => {
      const count = drawn.length + 1;
      const score = Float32Array.from([Number.NaN, ...drawn]);
      const arrangement = arrange({
        ...plainInput(foldLog(randomLog({ seed: 1, nodes: 1, shape: "chain" }))),
        ...{ count, score, order: "score" },
        parent: Int32Array.from({ length: count }, (_, node) => (node === 0 ? -1 : 0)),
        looks: new Uint16Array(count).fill(lookOf(KIND.open, 0)),
      });
      const rank = (node: number) => nanless(score[node]!) ?? -1;
      const sorted = drawn.map((_, i) => i + 1).sort((a, b) => rank(b) - rank(a));
      expect(childrenOf(arrangement, 0)).toEqual(sorted);
    }),
  );
});

test("merged, no two siblings have the same step, and one item has all their children", () => {
  law((drawn) => {
    const input: ArrangeInput = {
      ...drawn,
      order: "merged",
      foldsDead: false,
      folding: NO_FOLDING,
    };
    const arrangement = arrange(input);
    for (const item of itemsOf(arrangement)) {
      const children = childrenOf(arrangement, item);
      const steps = children.map((child) => input.sameStep![child]!).filter((step) => step >= 0);
      expect(new Set(steps).size).toBe(steps.length);
      const merged = insideOf(input).filter((node) => arrangement.shownAt[node] === item);
      for (const node of merged) {
        expect(node === item || input.sameStep![node] === input.sameStep![item]).toBe(true);
      }
      const parents = insideOf(input).filter(
        (node) => node !== input.top && arrangement.shownAt[input.parent[node]!] === item,
      );
      expect(parents.every((node) => children.includes(arrangement.shownAt[node]!))).toBe(true);
    }
  });
});

test("merging changes nothing where no step comes again", () => {
  law((input) => {
    const sameStep = Int32Array.from({ length: input.count }, (_, node) => node);
    const merged = arrange({ ...input, sameStep, order: "merged" });
    expect(merged).toEqual(arrange({ ...input, order: "generated" }));
  });
});

test.each(SHAPES)("an identity input gives the tree, shape %s", (shape) => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 80 }), (seed, nodes) => {
      const tree = foldLog(randomLog({ seed, nodes, shape }));
      const input = plainInput(tree);
      expect(isIdentity(input)).toBe(true);
      const arrangement = arrange(input);
      const { count } = tree;
      expect(arrangement.shownAt).toEqual(Int32Array.from({ length: count }, (_, node) => node));
      expect(arrangement.firstChild).toEqual(tree.firstChild.slice(0, count));
      const next = Int32Array.from({ length: count }, (_, node) => tree.nextSibling(node));
      expect(arrangement.nextSibling).toEqual(next);
      expect(arrangement.stands).toEqual(new Uint8Array(count));
    }),
  );
});

test("whatever input is called an identity is one", () => {
  law((drawn) => {
    const folding = { ...drawn.folding, folded: new Set<number>() };
    const input: ArrangeInput = { ...drawn, order: "generated", foldsDead: false, top: 0, folding };
    if (!isIdentity(input)) return;
    const { shownAt, nextSibling } = arrange(input);
    expect(shownAt).toEqual(Int32Array.from(shownAt, (_, node) => node));
    for (const [node, next] of nextSibling.entries())
      if (next !== -1) expect(next > node).toBe(true);
  });
});

test("a chain of 50,000 nodes is arranged, and folds to one item where it is dead", () => {
  const count = 50_000;
  const input: ArrangeInput = {
    ...plainInput(foldLog(randomLog({ seed: 1, nodes: 1, shape: "chain" }))),
    count,
    parent: Int32Array.from({ length: count }, (_, node) => node - 1),
    looks: new Uint16Array(count).fill(lookOf(KIND.open, 0)),
    score: new Float32Array(count).fill(0.5),
    sameStep: new Int32Array(count).fill(0),
  };
  expect(itemsOf(arrange(input))).toHaveLength(count);
  expect(itemsOf(arrange({ ...input, order: "score" }))).toHaveLength(count);
  expect(itemsOf(arrange({ ...input, order: "merged", foldsDead: true }))).toHaveLength(count);
  input.looks[count - 1] = lookOf(KIND.pruned, 0);
  const folded = arrange({ ...input, foldsDead: true });
  expect(itemsOf(folded)).toEqual([0, 1]);
  expect(folded.size[1]).toBe(count - 1);
  const folding = { ...NO_FOLDING, least: 100 };
  expect(itemsOf(arrange({ ...input, folding }))).toHaveLength(count - 98);
});

test("of a finished beam, what was kept and what is right has a place", () => {
  const tree = foldLog(randomLog({ seed: 7, nodes: 2000, shape: "beam" }));
  const input = { ...plainInput(tree), foldsDead: true };
  const { shownAt } = arrange(input);
  const right = [KIND.rightAnswer, KIND.prunedRight];
  let found = 0;
  for (let node = 0; node < tree.count; node++) {
    if (!right.includes(kindOf(input.looks[node]!))) continue;
    expect(shownAt[node]).toBe(node);
    found++;
  }
  expect(found).toBeGreaterThan(0);
  expect(itemsOf(arrange(input)).length).toBeLessThan(tree.count / 2);
});

test("an opened group of dead siblings shows them, with what is below them still folded", () => {
  // 0 has the dead children 1 and 2 and the living 3; below 1 there is a dead chain, 4 and 5.
  const parent = Int32Array.of(-1, 0, 0, 0, 1, 4);
  const looks = Uint16Array.from(
    ["open", "open", "pruned", "open", "open", "pruned"] as const,
    (kind) => lookOf(KIND[kind], 0),
  );
  const plain = plainInput(foldLog(randomLog({ seed: 1, nodes: 1, shape: "chain" })));
  const input = { ...plain, count: 6, parent, looks, foldsDead: true };
  expect([...arrange(input).shownAt]).toEqual([0, 1, 1, 3, 1, 1]);
  for (const opened of [1, 2]) {
    const folding = { ...NO_FOLDING, unfolded: new Set([opened]) };
    const { shownAt, stands } = arrange({ ...input, folding });
    expect([...shownAt]).toEqual([0, 1, 2, 3, 4, 4]);
    expect(stands[4]).toBe(STANDS.dead);
  }
});

test("an order without its column is refused", () => {
  const input = plainInput(foldLog(randomLog({ seed: 1, nodes: 9, shape: "beam" })));
  expect(() => arrange({ ...input, order: "score", score: null })).toThrow(/score/);
  expect(() => arrange({ ...input, order: "merged", sameStep: null })).toThrow(/merged/);
});
