import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import { NO_FOLDING } from "../state/reading.ts";
import { itemOf } from "./ground.ts";
import { HIT, HitItems } from "./hit-items.ts";
import { placementOf } from "./random-scene.ts";

const TREE = foldLog(randomLog({ seed: 4, nodes: 300, shape: "beam" }));
const WHOLE = placementOf(TREE, { folding: { ...NO_FOLDING, dead: "off" } });
const FOLDED = placementOf(TREE, { folding: { ...NO_FOLDING, dead: "on" } });
const HITS = [3, 40, 41, 42, 200, 260];

test("what was found before, or is shown elsewhere now, is forgotten", () => {
  const looks = [
    { hits: HITS, shown: 6, placement: WHOLE },
    { hits: HITS, shown: 3, placement: WHOLE },
    { hits: HITS, shown: 3, placement: FOLDED },
    { hits: [5, 6], shown: 2, placement: FOLDED },
    { hits: [], shown: 0, placement: FOLDED },
  ];
  const found = new HitItems();
  for (const { hits, shown, placement } of looks) {
    found.update({ query: "x", hits, current: -1 }, shown, placement);
    const wanted = new Map<number, number>();
    for (const node of hits.slice(0, shown)) {
      const item = itemOf(placement, node);
      const bit = node === item ? HIT.itself : HIT.inside;
      wanted.set(item, (wanted.get(item) ?? 0) | bit);
    }
    expect(new Set(found.items)).toEqual(new Set(wanted.keys()));
    expect(found.items).toHaveLength(wanted.size);
    for (let node = 0; node < TREE.count; node++) {
      expect(found.hit[node] ?? 0).toBe(wanted.get(node) ?? 0);
    }
  }
});
