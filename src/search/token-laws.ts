import { type NodeId, ROOT } from "../protocol/events.ts";
import { LENGTH_PENALTY } from "../protocol/strategies.ts";
import { demand, type Evidence, type NodeReading, readNodes, roundsIn } from "./log-reading.ts";

/** S13 of searches over tokens: every node has the likelihood of its path, worked out from the log alone. */
export function likelihoodsAddUp({ log, strategy }: Pick<Evidence, "log" | "strategy">): void {
  const alpha = strategy.name === "tokenBeam" ? strategy.lengthPenalty : LENGTH_PENALTY;
  const sums = new Map<NodeId, number>([[ROOT, 0]]);
  for (const { id, parent, depth, proposed, scored } of readNodes(log).values()) {
    if (id === ROOT) continue;
    demand(proposed && scored, `node ${id} is not scored`);
    const { logprob, tokens } = proposed;
    demand(tokens === 1 && logprob !== null, `node ${id} is not one token with its probability`);
    const sum = sums.get(parent)! + logprob;
    sums.set(id, sum);
    demand(scored.scorer === "likelihood", `node ${id} was scored by ${scored.scorer}`);
    const [own, ...rest] = scored.steps;
    demand(rest.length === 0 && close(own, Math.exp(logprob)), `node ${id} has the score ${own}`);
    const expected = Math.exp(sum / ((5 + depth) / 6) ** alpha);
    demand(close(scored.score, expected), `node ${id} is ${scored.score}, its path ${expected}`);
  }
}

function close(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) <= 1e-12 + 1e-9 * b;
}

/** S9e: of every round a beam over tokens keeps the `width` likeliest, and ranks what it shows of the others truly. */
export function tokenBeamKeepsTheLikeliest({ log, strategy }: Evidence): void {
  if (strategy.name !== "tokenBeam") return;
  const { width, alternatives } = strategy;
  for (const { round, start, end } of roundsIn(log)) {
    const inRound = [...readNodes(log, end).values()].filter(({ depth }) => depth === round);
    const kept = log
      .slice(start, end)
      .flatMap((event) => (event.type === "kept" ? event.nodes : []));
    const lost = inRound.filter(({ pruned }) => pruned?.reason === "not_top_k");
    const isWhole = !inRound.some(({ pruned }) => pruned?.reason === "invalid");
    demand(kept.length <= width, `round ${round} kept ${kept.length} of ${width}`);
    demand(
      lost.length === 0 || !isWhole || kept.length === width,
      `round ${round} pruned ${lost.length} with room for ${width - kept.length}`,
    );
    const worst = Math.min(...inRound.filter(({ id }) => kept.includes(id)).map(scoreOf));
    const best = Math.max(...lost.map(scoreOf));
    demand(
      lost.length === 0 || !isWhole || worst >= best,
      `round ${round} kept ${worst} before ${best}`,
    );
    const isCut = lost.every(({ pruned }) => pruned?.cut === worst);
    demand(!isWhole || isCut, `round ${round} names another cut than ${worst}`);
    const ranks = lost.map(({ pruned }) => pruned!.rank!);
    demand(
      ranks.every((rank) => rank > width),
      `round ${round} pruned one of rank ${ranks}`,
    );
    demand(new Set(ranks).size === ranks.length, `round ${round} gave a rank twice`);
    const families = Map.groupBy(inRound, ({ parent }) => parent);
    for (const [parent, family] of isWhole ? families : []) {
      const own = family.filter(({ id }) => kept.includes(id)).length;
      const most = own === 0 ? Math.max(1, alternatives) : alternatives;
      const shown = family.length - own;
      demand(shown <= most, `${shown} tokens after node ${parent} are shown though not kept`);
    }
  }
}

function scoreOf({ scored }: NodeReading): number {
  return scored!.score;
}
