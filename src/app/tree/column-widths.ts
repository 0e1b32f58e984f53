import type { Tree } from "../../protocol/tree.ts";
import { naturalWidth } from "./label-room.ts";
import type { Layout } from "./layout.ts";

/** Characters that a column is given room for, least and most; longer steps are cut. */
const CHARACTERS = { least: 6, most: 36 };
/** Of the characters beyond so many a share gets room: short columns stay readable beside long ones. */
const GENEROUS = { characters: 8, share: 0.65 };
/** The problem is on the page already, so its column may cut it. */
const PROBLEM_CHARACTERS = 16;
/** Widths grow in steps of so many characters, so that a streaming column is mostly still. */
const STEP = 3;

/**
 * Where columns begin, in CSS px at scale 1, and where the last one ends: each is
 * about as wide as its longest step needs. What becomes shorter with every step, such
 * as an expression that is being evaluated, so takes no more room than it needs.
 * O(nodes).
 */
export function columnStarts(tree: Tree, { columns }: Layout): Float64Array {
  const longest = new Uint8Array(columns);
  if (columns > 0) longest[0] = PROBLEM_CHARACTERS;
  for (let node = 1; node < tree.count; node++) {
    const depth = tree.depth[node]!;
    const characters = tree.step(node).length;
    if (characters > longest[depth]!) longest[depth] = cap(characters);
  }
  const starts = new Float64Array(columns + 1);
  for (let column = 0; column < columns; column++) {
    // Nothing is known of a column of placeholders: it is taken to be like the one before.
    if (longest[column] === 0 && column > 1) longest[column] = longest[column - 1]!;
    starts[column + 1] = starts[column]! + naturalWidth(roomFor(longest[column]!));
  }
  return starts;
}

/** Characters of room for steps of so many. */
function roomFor(characters: number): number {
  const whole = Math.ceil(Math.max(characters, CHARACTERS.least) / STEP) * STEP;
  return whole - Math.max(whole - GENEROUS.characters, 0) * (1 - GENEROUS.share);
}

function cap(characters: number): number {
  return Math.min(characters, CHARACTERS.most);
}
