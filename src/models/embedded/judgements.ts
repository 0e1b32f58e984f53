import { type EncodedSolution, encodeSolution, VOCABULARY, type Vocabulary } from "./vocabulary.ts";

/** What a generative PRM writes at the end of a step. Characters, so that every vocabulary of ours has them. */
export const JUDGEMENTS = { right: "+", wrong: "-" } as const;

export interface JudgementTokens {
  readonly right: number;
  readonly wrong: number;
}

/** Ids of the two judgements; throws a `VocabularyError` where one is missing. */
export function judgementTokens({ encode }: Vocabulary): JudgementTokens {
  const [right, wrong] = encode(JUDGEMENTS.right + JUDGEMENTS.wrong);
  return { right: right!, wrong: wrong! };
}

/**
 * A solution with `judgements[i]` after the last token of step i; steps may be
 * left without one at the end. `stepEnds[i]` is where the judgement of step i
 * stands, or would.
 */
export function insertJudgements(
  { tokens, promptLength, stepEnds }: EncodedSolution,
  judgements: readonly number[],
): EncodedSolution {
  const judged = tokens.slice(0, promptLength);
  const ends = stepEnds.map((end, step) => {
    judged.push(...tokens.slice(stepEnds[step - 1] ?? promptLength, end));
    const at = judged.length;
    if (step < judgements.length) judged.push(judgements[step]!);
    return at;
  });
  return { tokens: judged, promptLength, stepEnds: ends };
}

/**
 * A solution as a generative PRM reads it: every step is judged right before the
 * next begins, so what it would write at a step's end is about that step alone.
 * The last step's judgement is not read. What is read of a prefix is how what is
 * read of its continuations begins.
 */
export function encodeForJudging(
  solution: Parameters<typeof encodeSolution>[0],
  vocabulary: Vocabulary = VOCABULARY,
): EncodedSolution {
  const { right } = judgementTokens(vocabulary);
  const judged = solution.steps.slice(1).map(() => right);
  return insertJudgements(encodeSolution(solution, vocabulary), judged);
}
