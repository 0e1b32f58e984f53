import { msg } from "../../lib/said.ts";
import { ROOT } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { formatScore } from "../format.ts";
import { inARow } from "../words/node-words.ts";
import { t } from "../words/t.ts";

/**
 * What has just happened, for those who do not see the tree: `round 4: 12 of 16
 * pruned, best 0.83`. Empty if there is nothing to say. O(nodes).
 */
export function roundNews(tree: Tree, at: number): string {
  if (tree.ending && tree.ending.seq <= at) return endingNews(tree, at);
  const shown = tree.roundAt(at);
  if (shown < 0) return "";
  const { round } = tree.rounds[shown]!;
  const from = tree.rounds.find((phase) => phase.round === round)!.seq;
  const { pruned, proposed, best } = countRound(tree, from, at);
  if (pruned === 0) return t("round {round}: {count} proposed", { round, count: proposed });
  const count = Math.max(proposed, pruned);
  const news = t("round {round}: {pruned} of {count} pruned", { round, pruned, count });
  return Number.isNaN(best)
    ? news
    : inARow([news, t("best {score}", { score: formatScore(best) })]);
}

function countRound(tree: Tree, from: number, at: number) {
  let [pruned, proposed, best] = [0, 0, Number.NaN];
  const isIn = (seq: number) => seq >= from && seq <= at;
  for (let node: number = ROOT + 1; node < tree.count; node++) {
    if (isIn(tree.prunedSeq[node]!)) pruned++;
    if (!isIn(tree.proposedSeq[node]!)) continue;
    proposed++;
    const score = tree.scoreAt(node, at);
    if (!(score <= best)) best = Number.isNaN(score) ? best : score;
  }
  return { pruned, proposed, best };
}

const ENDED = { failed: msg("failed"), cancelled: msg("cancelled") } as const;

function endingNews(tree: Tree, at: number): string {
  const { type, why } = tree.ending!;
  const chosen = tree.selectedAt(at);
  if (type !== "finished") return [t(ENDED[type]), why].filter(Boolean).join(": ");
  if (!chosen || chosen.answer === null) return t("finished without an answer");
  const news = t("finished: answer {answer}", { answer: chosen.answer.slice(0, 100) });
  return chosen.correct === null ? news : inARow([news, t(chosen.correct ? "right" : "wrong")]);
}
