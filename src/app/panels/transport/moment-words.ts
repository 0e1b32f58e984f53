import { msg } from "../../../lib/said.ts";
import type { Phase } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { formatDuration } from "../../format.ts";
import { t } from "../../words/t.ts";

const PHASE_WORDS = {
  expand: msg("expand"),
  score: msg("score"),
  prune: msg("prune"),
  select: msg("select"),
  simulate: msg("simulate"),
  estimate: msg("estimate"),
  backup: msg("backup"),
  resample: msg("resample"),
} as const satisfies Record<Phase, string>;

/** The moment that is shown, in words: `event 213 of 978 · round 4 · prune · 1.2 s`. */
export function momentWords(tree: Tree, at: number): string {
  if (tree.seq < 0) return t("no events yet");
  if (at < 0) return t("before the first of {count} events", { count: tree.seq + 1 });
  const index = tree.roundAt(at);
  const phase = index < 0 ? null : tree.rounds[index]!;
  return [
    t("event {event} of {count}", { event: at, count: tree.seq }),
    ...(phase ? [t("round {number}", { number: phase.round }), t(PHASE_WORDS[phase.phase])] : []),
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
