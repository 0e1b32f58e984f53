import type { StartedEvent } from "../../protocol/events.ts";
import { isReplayed } from "../../protocol/replayed-name.ts";
import { strategyTitle } from "../../protocol/strategy-facts/table.ts";
import { revealControls } from "../plain-text.ts";
import { t, tSaid } from "../words/t.ts";

/** What tells runs of one problem apart: `Beam 16 × 4 · sentei-s · seed 3`. */
export function runWords({ strategy, policy, seed }: StartedEvent): string {
  const name = revealControls(policy.name);
  // A seed has no part in what is only given back.
  const from = isReplayed(policy) ? name : `${name} · ${t("seed {seed}", { seed: String(seed) })}`;
  return `${tSaid(strategyTitle(strategy))} · ${from}`;
}
