import { bootstrapRatio, type Interval, wilson } from "../../lib/interval.ts";
import type { Evaluated, Pairs } from "./evaluate-worker.ts";

/** The figures of one family: each a share in [0, 1] with its 95 % interval, but `n`. */
export type Figures = { n: number } & Record<string, Interval | number>;

const ACCURACIES = [
  "greedy",
  "majority16",
  "bestOf16Weighted",
  "bestOf16Max",
  "beam4",
  "beam16",
  "logprobBeam16",
  "oracleBeam16",
  "prmBodyGreedy",
];

export function figuresOf(evaluated: readonly Evaluated[], samples: number): Figures {
  const n = evaluated.length;
  const accuracy = (name: string) =>
    wilson(evaluated.filter(({ runs }) => runs[name]!.correct).length, n);
  const ranking = (verifier: "prm" | "logprob", which: "mid" | "final") =>
    ratio(evaluated.map(({ ranking }) => ranking[verifier][which]));
  return {
    n,
    ...Object.fromEntries(ACCURACIES.map((name) => [name, accuracy(name)])),
    ...known({
      prmStepRanking: ranking("prm", "mid"),
      prmFinalRanking: ranking("prm", "final"),
      logprobStepRanking: ranking("logprob", "mid"),
      logprobFinalRanking: ranking("logprob", "final"),
    }),
    sampled: bootstrapRatio(
      evaluated.map(({ samplesRight }) => ({ numerator: samplesRight, denominator: samples })),
    ),
    passAt16: wilson(evaluated.filter(({ samplesRight }) => samplesRight > 0).length, n),
  };
}

/** Without what there was nothing to measure by: where no problem has right and wrong steps, none is ranked. */
function known(figures: Readonly<Record<string, Interval>>): Record<string, Interval> {
  return Object.fromEntries(
    Object.entries(figures).filter(([, { value }]) => !Number.isNaN(value)),
  );
}

/** Accuracy by level of the runs that show whether levels are levels. */
export function levelsOf(evaluated: readonly Evaluated[]): Record<string, Figures> {
  const levels = Map.groupBy(evaluated, ({ level }) => level);
  return Object.fromEntries(
    [...levels].map(([level, of]) => {
      const share = (name: string) =>
        wilson(of.filter(({ runs }) => runs[name]!.correct).length, of.length);
      return [
        level,
        {
          n: of.length,
          greedy: share("greedy"),
          majority16: share("majority16"),
          bestOf16Weighted: share("bestOf16Weighted"),
          beam16: share("beam16"),
        },
      ];
    }),
  );
}

/** Mean tokens of both models that each way of searching spends on a problem. */
export function costsOf(evaluated: readonly Evaluated[]): Record<string, object> {
  return Object.fromEntries(
    ACCURACIES.map((name) => {
      const mean = (of: (run: Evaluated["runs"][string]) => number) =>
        Math.round(
          evaluated.reduce((sum, { runs }) => sum + of(runs[name]!), 0) / evaluated.length,
        );
      return [
        name,
        {
          policyTokens: mean(({ use }) => use.policyTokens),
          prmTokens: mean(({ use }) => use.prmTokens),
          flops: mean(({ use }) => use.flops ?? 0),
        },
      ];
    }),
  );
}

function ratio(pairs: readonly Pairs[]): Interval {
  return bootstrapRatio(
    pairs.map(({ ordered, pairs: count }) => ({ numerator: ordered, denominator: count })),
  );
}
