import { msg } from "../../lib/said.ts";
import type { Capabilities, PolicyConnection } from "../../protocol/connections.ts";
import { inARow } from "../words/node-words.ts";
import { t } from "../words/t.ts";

/** One line of what is known of a server. */
export interface CapabilityLine {
  readonly what: string;
  /** `null`: neither good nor bad. */
  readonly has: boolean | null;
  readonly means: string;
}

const REASONING = {
  none: msg("what it writes is all there is"),
  inline: msg("between marks in the text; shown as steps"),
  apart: msg("in a field of its own; shown as steps"),
  hidden: msg("in secret: it costs tokens and cannot be shown"),
} as const satisfies Record<Capabilities["reasoning"], string>;

/** What a probe found, in the order of how much it matters to a search. */
export function capabilityLines(
  { continues, refuses, ...found }: Capabilities,
  api: PolicyConnection["api"],
): CapabilityLine[] {
  return [
    {
      what: t("Goes on from a step"),
      has: continues !== null,
      means:
        continues === null
          ? t("no: it writes whole solutions, so only strategies that sample those can use it")
          : api === "chat"
            ? t("by {way}; every strategy can use it", { way: continues })
            : t("its prompt is a text; every strategy can use it"),
    },
    {
      what: t("Tells why it stopped"),
      has: found.stopReason,
      means: t(
        found.stopReason
          ? "the end of a step and the end of all are told apart"
          : "no: a step that states the answer, or an empty one, counts as the last",
      ),
    },
    {
      what: t("Probabilities"),
      has: found.logprobs,
      means: t(found.logprobs ? "of every token" : "no: likelihoods are not shown"),
    },
    {
      what: t("Seeds"),
      has: found.seed,
      means: t(found.seed ? "the same seed gives the same text" : "no: a run cannot be repeated"),
    },
    {
      what: t("Counts of tokens"),
      has: found.usage,
      means: t(found.cachedTokens ? "with what its cache had" : "without what its cache had"),
    },
    {
      what: t("Several at once (n > 1)"),
      has: found.several,
      means: t("not needed: candidates are requests of their own, all in flight at once"),
    },
    { what: t("Reasoning"), has: null, means: t(REASONING[found.reasoning]) },
    ...(refuses.length === 0
      ? []
      : [
          {
            what: t("Not sent"),
            has: null,
            means: t("{fields}: it refuses them", { fields: inARow(refuses) }),
          },
        ]),
  ];
}
