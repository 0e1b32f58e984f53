import { STANDS } from "./arrangement.ts";
import {
  colorOf,
  dimmed,
  HOLLOW,
  isDimmed,
  isPruned,
  KIND,
  kindOf,
  LOOK_COUNT,
  lookOf,
} from "./looks.ts";

/** Bits of what a node adds to an item that it is folded into: its score, by its colour, and whether it is undecided, lit, and there at all. */
const SCORE = 127;
const ALIVE = 128;
const LIT = 256;
const THERE = 512;

/** What a node of each look adds. */
const TRAITS = Uint16Array.from({ length: LOOK_COUNT }, (_, look) => {
  if (kindOf(look) === KIND.hidden) return 0;
  const color = colorOf(look);
  return (
    THERE |
    (isDimmed(look) ? 0 : LIT) |
    (isUndecided(kindOf(look)) ? ALIVE : 0) |
    (color === HOLLOW ? 0 : color + 1)
  );
});

/** Whether the search may still go on from there. What was kept lives on in what is below it. */
function isUndecided(kind: number): boolean {
  return !isPruned(kind) && kind !== KIND.kept;
}

/** The look of an item in which there is all that its bits say. */
const LOOKS = Uint16Array.from({ length: 2 * THERE }, (_, traits) => {
  if ((traits & THERE) === 0) return 0;
  const score = traits & SCORE;
  const kind = (traits & ALIVE) === 0 ? KIND.pruned : KIND.open;
  const look = lookOf(kind, score === 0 ? HOLLOW : Math.min(score - 1, HOLLOW));
  return (traits & LIT) === 0 ? dimmed(look) : look;
});

/** Which nodes are shown where. */
interface Items {
  readonly shownAt: Int32Array;
  readonly stands: Uint8Array;
  readonly size: Int32Array;
}

/**
 * Looks of items, from those of the nodes that are shown in their places. What is folded
 * is open if one of them is undecided, in the colour of the best score, lit if one of
 * them is; identical siblings look like the most important of them. Nodes that are no items
 * keep their own looks. O(nodes).
 */
export function itemLooks(looks: Uint16Array, items: Items, into: Uint16Array): void {
  const { shownAt, stands, size } = items;
  const { length } = shownAt;
  const isFolded = (item: number) => size[item]! > 1 && stands[item] !== STANDS.same;
  for (let node = 0; node < length; node++) {
    into[node] = isFolded(node) ? TRAITS[looks[node]!]! : looks[node]!;
  }
  for (let node = 0; node < length; node++) {
    const item = shownAt[node]!;
    if (item === node || item < 0) continue;
    const together = into[item]!;
    into[item] = isFolded(item)
      ? addTraits(together, TRAITS[looks[node]!]!)
      : Math.max(together, looks[node]!);
  }
  for (let node = 0; node < length; node++) if (isFolded(node)) into[node] = LOOKS[into[node]!]!;
}

function addTraits(a: number, b: number): number {
  return ((a | b) & ~SCORE) | Math.max(a & SCORE, b & SCORE);
}
