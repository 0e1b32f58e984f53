import { cellsOf } from "../../../lib/text-cells.ts";

/** Of one narrow character of a name, px, at most. */
export const CHARACTER = 7.4;
/** From the plot to a name, px: room for a leader that bends. */
export const LEADER = 26;

/** Most of a chart that names may take. */
const MOST_SHARE = 0.3;

/** Room right of a chart of so many px for the names of its lines; the longest may have to be cut. */
export function labelRoom(names: readonly { readonly text: string }[], width: number): number {
  const longest = Math.max(0, ...names.map(({ text }) => cellsOf(text)));
  return Math.round(Math.min(LEADER + longest * CHARACTER, width * MOST_SHARE));
}
