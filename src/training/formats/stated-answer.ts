/** What stands between the last step and the answer where both are one text, as in PRM800K. */
const ANSWER = "\n\n# Answer\n\n";

/** The text of a last step with the answer that it ends with; the step as it is if it has one. */
export function withAnswer(step: string, answer: string | null): string {
  return answer === null || step.includes(ANSWER) ? step : `${step}${ANSWER}${answer}`;
}

/** Takes such a text apart; `answer` is `null` where there is none. */
export function splitAnswer(text: string): { step: string; answer: string | null } {
  const at = text.lastIndexOf(ANSWER);
  if (at < 0) return { step: text, answer: null };
  return { step: text.slice(0, at), answer: text.slice(at + ANSWER.length) };
}
