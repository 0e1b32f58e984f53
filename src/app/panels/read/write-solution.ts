import { formatScore } from "../../format.ts";
import { t } from "../../words/t.ts";
import type { Solution, SolutionStep } from "./read-solution.ts";

/** A solution as Markdown: a numbered list, with formulas as they were written. */
export function solutionMarkdown({ problem, steps, answer }: Solution): string {
  const lines = steps.map((step) => {
    const indent = " ".repeat(`${step.number}. `.length);
    const text = step.text.replace(/\r\n|\r|\n/g, `\n${indent}`);
    return `${step.number}. ${text}${scoreNote(step)}`;
  });
  const end = answer === null ? [] : [`**${answerWords(answer)}**`];
  return [`**${t("Problem.")}** ${problem}`, lines.join("\n"), ...end].filter(Boolean).join("\n\n");
}

/** A solution as plain text: the problem, and a step a line. */
export function solutionText({ problem, steps, answer }: Solution): string {
  const end = answer === null ? [] : [answerWords(answer)];
  return [problem, ...steps.map(({ text }) => text), ...end].join("\n");
}

function scoreNote({ score, mark }: SolutionStep): string {
  if (Number.isNaN(score)) return "";
  return ` _(${formatScore(score)}${mark === "" ? "" : ` ${mark}`})_`;
}

function answerWords({ answer, correct }: NonNullable<Solution["answer"]>): string {
  if (answer === null) return t("No answer that can be read");
  if (correct === null) return t("Answer: {answer}", { answer });
  return t(correct ? "Answer: {answer} (right)" : "Answer: {answer} (wrong)", { answer });
}
