import { msg } from "../../lib/said.ts";
import type { Aggregation, Selection } from "../strategies.ts";
import type { ParameterFacts } from "./facts.ts";

/** Parameters that several strategies have, and that mean the same in each. */

export const SOLUTIONS: ParameterFacts<number> = {
  label: msg("Solutions N"),
  about: msg("solutions, or candidates of a round"),
};

export const CANDIDATES: ParameterFacts<number> = { ...SOLUTIONS, label: msg("Candidates N") };

export const NEXT_STEPS: ParameterFacts<number> = {
  label: msg("Next steps of each M"),
  about: msg("next steps of each kept prefix"),
};

export const WIDTH: ParameterFacts<number> = {
  label: msg("Next steps of each"),
  about: msg("children of each node that is expanded"),
};

export const MAX_ROUNDS: ParameterFacts<number> = {
  label: msg("Most rounds"),
  about: msg("rounds at most, and so steps of a solution"),
  more: true,
};

export const STOP_AT: ParameterFacts<number> = {
  label: msg("Stop at a score of"),
  about: msg("end as soon as a finished solution scores so much"),
  more: true,
  step: 0.01,
};

export const SCORE_TEMPERATURE: ParameterFacts<number> = {
  label: msg("Temperature of scores"),
  about: msg("how evenly what comes next is shared out by score; close to 0 the best gets all"),
  more: true,
  step: 0.05,
};

export const AGGREGATION: ParameterFacts<Aggregation> = {
  label: msg("Score of a path"),
  about: msg("how step scores make one"),
  more: true,
  words: {
    last: msg("last step"),
    min: msg("worst step"),
    product: msg("product of steps"),
    mean: msg("mean of steps"),
  },
};

export const SELECTION: ParameterFacts<Selection> = {
  label: msg("Choice of the answer"),
  about: msg("how finished solutions choose the answer"),
  more: true,
  words: {
    weighted_majority: msg("sum of scores"),
    majority: msg("most frequent"),
    argmax: msg("best solution"),
  },
};
