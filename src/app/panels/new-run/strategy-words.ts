import type { Strategy } from "../../../protocol/events.ts";

/** A strategy and its size as a name: `Beam 16 × 4`. */
export function strategyName(strategy: Strategy): string {
  switch (strategy.name) {
    case "greedy":
      return "Greedy";
    case "majority":
      return `Majority of ${count(strategy.n)}`;
    case "bestOfN":
      return `Best of ${count(strategy.n)}`;
    case "beam":
      return `Beam ${count(strategy.n)} × ${count(strategy.m)}`;
  }
}

/** Prefixes that a beam keeps in each round (Snell et al.: N / M). */
export function beamWidth({ n, m }: { n: number; m: number }): number {
  return Math.max(1, Math.floor(n / m));
}

/** What a strategy does, in one sentence. */
export function strategyStory(strategy: Strategy): string {
  switch (strategy.name) {
    case "greedy":
      return "One solution, always the likeliest next step.";
    case "majority":
      return `${count(strategy.n)} solutions on their own; the most frequent answer wins.`;
    case "bestOfN":
      return strategy.weighted
        ? `${count(strategy.n)} solutions, each scored; equal answers add up their scores.`
        : `${count(strategy.n)} solutions, each scored; the best one wins.`;
    case "beam": {
      const width = beamWidth(strategy);
      const kept = Number.isNaN(width) ? "the best" : `the best ${width}`;
      return `Each round keeps ${kept} of ${count(strategy.n)} prefixes and tries ${count(strategy.m)} next steps of each.`;
    }
  }
}

function count(value: number): string {
  return Number.isNaN(value) ? "?" : String(value);
}
