import type { Aggregation, Selection } from "../strategies.ts";
import type { ParameterFacts } from "./facts.ts";

/** Parameters that several strategies have, and that mean the same in each. */

export const SOLUTIONS: ParameterFacts<number> = {
  label: "Solutions N",
  about: "solutions, or candidates of a round",
};

export const CANDIDATES: ParameterFacts<number> = { ...SOLUTIONS, label: "Candidates N" };

export const NEXT_STEPS: ParameterFacts<number> = {
  label: "Next steps of each M",
  about: "next steps of each kept prefix",
};

export const WIDTH: ParameterFacts<number> = {
  label: "Next steps of each",
  about: "children of each node that is expanded",
};

export const MAX_ROUNDS: ParameterFacts<number> = {
  label: "Most rounds",
  about: "rounds at most, and so steps of a solution",
  more: true,
};

export const STOP_AT: ParameterFacts<number> = {
  label: "Stop at a score of",
  about: "end as soon as a finished solution scores so much",
  more: true,
  step: 0.01,
};

export const SCORE_TEMPERATURE: ParameterFacts<number> = {
  label: "Temperature of scores",
  about: "how evenly what comes next is shared out by score; close to 0 the best gets all",
  more: true,
  step: 0.05,
};

export const AGGREGATION: ParameterFacts<Aggregation> = {
  label: "Score of a path",
  about: "how step scores make one",
  more: true,
  words: {
    last: "last step",
    min: "worst step",
    product: "product of steps",
    mean: "mean of steps",
  },
};

export const SELECTION: ParameterFacts<Selection> = {
  label: "Choice of the answer",
  about: "how finished solutions choose the answer",
  more: true,
  words: {
    weighted_majority: "sum of scores",
    majority: "most frequent",
    argmax: "best solution",
  },
};
