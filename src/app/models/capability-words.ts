import type { Capabilities, PolicyConnection } from "../../protocol/connections.ts";

/** One line of what is known of a server. */
export interface CapabilityLine {
  readonly what: string;
  /** `null`: neither good nor bad. */
  readonly has: boolean | null;
  readonly means: string;
}

const REASONING: Readonly<Record<Capabilities["reasoning"], string>> = {
  none: "what it writes is all there is",
  inline: "between marks in the text; shown as steps",
  apart: "in a field of its own; shown as steps",
  hidden: "in secret: it costs tokens and cannot be shown",
};

/** What a probe found, in the order of how much it matters to a search. */
export function capabilityLines(
  { continues, refuses, ...found }: Capabilities,
  api: PolicyConnection["api"],
): CapabilityLine[] {
  return [
    {
      what: "Goes on from a step",
      has: continues !== null,
      means:
        continues === null
          ? "no: it writes whole solutions, so only strategies that sample those can use it"
          : api === "chat"
            ? `by ${continues}; every strategy can use it`
            : "its prompt is a text; every strategy can use it",
    },
    {
      what: "Tells why it stopped",
      has: found.stopReason,
      means: found.stopReason
        ? "the end of a step and the end of all are told apart"
        : "no: a step that states the answer, or an empty one, counts as the last",
    },
    {
      what: "Probabilities",
      has: found.logprobs,
      means: found.logprobs ? "of every token" : "no: likelihoods are not shown",
    },
    {
      what: "Seeds",
      has: found.seed,
      means: found.seed ? "the same seed gives the same text" : "no: a run cannot be repeated",
    },
    {
      what: "Counts of tokens",
      has: found.usage,
      means: found.cachedTokens ? "with what its cache had" : "without what its cache had",
    },
    {
      what: "Several at once (n > 1)",
      has: found.several,
      means: "not needed: candidates are requests of their own, all in flight at once",
    },
    { what: "Reasoning", has: null, means: REASONING[found.reasoning] },
    ...(refuses.length === 0
      ? []
      : [{ what: "Not sent", has: null, means: `${refuses.join(", ")}: it refuses them` }]),
  ];
}
