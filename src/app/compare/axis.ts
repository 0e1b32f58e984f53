import { msg } from "../../lib/said.ts";
import type { Tree } from "../../protocol/tree.ts";
import { formatDuration } from "../format.ts";
import type { Axis } from "../state/compared.ts";
import { t, tCount } from "../words/t.ts";

/** What an axis is called, and what exactly it counts. */
export const AXIS_WORDS: Readonly<
  Record<Axis, { readonly words: string; readonly title: string }>
> = {
  events: { words: msg("Events"), title: msg("Events of each log, from its first one") },
  time: { words: msg("Wall time"), title: msg("Time since each run began, pauses included") },
  tokens: {
    words: msg("Policy tokens"),
    title: msg("Tokens that each run has sampled from its policy"),
  },
  calls: { words: msg("PRM calls"), title: msg("How often each run has asked its verifier") },
  rounds: { words: msg("Rounds"), title: msg("Rounds that each run has begun") },
};

type Run = Pick<Tree, "seq" | "timeAt" | "useAt" | "roundAt" | "rounds">;

/** Where a run is on an axis right after an event, from 0: events are counted by seq, time in ms. */
export function valueAt(tree: Run, axis: Axis, seq: number): number {
  if (seq < 0) return 0;
  switch (axis) {
    case "events":
      return seq;
    case "time":
      return tree.timeAt(seq);
    case "tokens":
      return tree.useAt(seq).policyTokens;
    case "calls":
      return tree.useAt(seq).prmCalls;
    case "rounds": {
      const index = tree.roundAt(seq);
      return index < 0 ? 0 : tree.rounds[index]!.round;
    }
  }
}

/** Where the last event of a run is on an axis. */
export function endOf(tree: Run, axis: Axis): number {
  return valueAt(tree, axis, tree.seq);
}

/**
 * The last event that a playhead at this position shows: the last one that is not beyond
 * it. Never goes back when the position goes on, and shows everything from the end
 * of the run on, whatever the log says (C1). −1 while nothing is known. O(log events).
 */
export function seqOn(tree: Run, axis: Axis, position: number): number {
  if (axis === "events") return Math.min(Math.floor(position), tree.seq);
  if (position >= endOf(tree, axis)) return tree.seq;
  let low = 0;
  let high = tree.seq;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(tree, axis, middle) <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** How far the longest of the runs goes. */
export function lengthOf(trees: readonly Run[], axis: Axis): number {
  return Math.max(0, ...trees.map((tree) => endOf(tree, axis)));
}

/**
 * The nearest position after (1) or before (−1) this one at which another event of some
 * run is shown; the end or the beginning if there is none. Events that spend nothing go
 * along with the one that did.
 */
export function stepOn(trees: readonly Run[], axis: Axis, from: number, by: 1 | -1): number {
  const steps = trees.flatMap((tree) => {
    const seq = seqOn(tree, axis, from);
    if (by === 1) return seq < tree.seq ? [valueAt(tree, axis, seq + 1)] : [];
    return [valueBefore(tree, axis, from)];
  });
  if (by === 1) return steps.length === 0 ? lengthOf(trees, axis) : Math.min(...steps);
  return Math.max(0, ...steps.filter((value) => value < from));
}

/** The largest value of a run below this one; 0 if there is none. */
function valueBefore(tree: Run, axis: Axis, value: number): number {
  const isSeq = axis === "events";
  const below = isSeq ? Math.min(Math.ceil(value) - 1, tree.seq) : lastBelow(tree, axis, value);
  return valueAt(tree, axis, below);
}

function lastBelow(tree: Run, axis: Axis, value: number): number {
  let low = 0;
  let high = tree.seq + 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(tree, axis, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A position in words: `812 of 1,604 policy tokens`. */
export function positionWords(axis: Axis, position: number, length: number): string {
  const at = Math.floor(position);
  switch (axis) {
    case "events":
      return t("event {event} of {count}", { event: at, count: length });
    case "time":
      return t("{spent} of {limit}", {
        ...{ spent: formatDuration(position), limit: formatDuration(length) },
      });
    case "tokens":
      return tCount(length, "{spent} of {count} policy token", "{spent} of {count} policy tokens", {
        spent: at,
      });
    case "calls":
      return tCount(length, "{spent} of {count} PRM call", "{spent} of {count} PRM calls", {
        spent: at,
      });
    case "rounds":
      return t("round {round} of {count}", { round: at, count: length });
  }
}
