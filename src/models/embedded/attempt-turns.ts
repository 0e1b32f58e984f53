import { type EarlierTurn, encodePrompt, type Vocabulary } from "./vocabulary.ts";

/** Share of the context that earlier attempts may take with the prompt: the rest is for reasoning. */
const PROMPT_SHARE = 1 / 2;

/**
 * The turns before another attempt at a problem: those of the conversation, then the
 * answers of attempts so far as turns about the same problem, the oldest left
 * out where they would take too much of the context.
 */
export function attemptTurns(
  vocabulary: Vocabulary,
  {
    problem,
    earlier = [],
    attempts,
    context,
  }: {
    readonly problem: string;
    readonly earlier?: readonly EarlierTurn[];
    /** Answers, oldest first. */
    readonly attempts: readonly string[];
    /** Of the model, tokens. */
    readonly context: number;
  },
): EarlierTurn[] {
  const turns = attempts.map((answer) => ({ problem, answer }));
  const most = context * PROMPT_SHARE;
  const length = () => encodePrompt(vocabulary, problem, [...earlier, ...turns]).length;
  while (turns.length > 0 && length() > most) turns.shift();
  return [...earlier, ...turns];
}
