import type { Tree } from "../../../protocol/tree.ts";
import { formatCount, formatDuration } from "../../format.ts";

/** The moment that is shown, in words: `event 213 of 978 · round 4 · prune · 1.2 s`. */
export function momentWords(tree: Tree, at: number): string {
  if (tree.seq < 0) return "no events yet";
  if (at < 0) return `before the first of ${formatCount(tree.seq + 1)} events`;
  const index = tree.roundAt(at);
  const phase = index < 0 ? null : tree.rounds[index]!;
  return [
    `event ${formatCount(at)} of ${formatCount(tree.seq)}`,
    ...(phase ? [`round ${phase.round}`, phase.phase] : []),
    formatDuration(tree.timeAt(at)),
  ].join(" · ");
}

/** Speeds that can be chosen; 1 plays any run within ten seconds. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

/** The next faster or slower of the speeds, or the last there is. */
export function nextSpeed(speed: number, by: 1 | -1): number {
  const next =
    by === 1
      ? SPEEDS.find((candidate) => candidate > speed)
      : SPEEDS.findLast((candidate) => candidate < speed);
  return next ?? (by === 1 ? SPEEDS[SPEEDS.length - 1]! : SPEEDS[0]);
}
