import type { Use } from "../../protocol/budget.ts";
import { OpenAiProblem } from "./openai-problem.ts";

/** What a client is told while a search goes on: steps, then one end. */
export type Thought =
  | { readonly kind: "step"; readonly text: string }
  | { readonly kind: "end"; readonly end: ThinkingEnd };

/** How it ended, and what it took. */
export interface ThinkingEnd {
  /** `null`: there is none to be had. */
  readonly answer: string | null;
  /** `length`: the budget ended it before there was an answer. */
  readonly why: "stop" | "length" | "cancelled" | "failed";
  /** Why it failed. */
  readonly error: string | null;
  readonly use: Use;
  /** Of the policy's tokens, those that state the selected answer; all others are reasoning. */
  readonly answerTokens: number;
}

/** Whether it did not come to its end. */
export function isFailed({ why }: ThinkingEnd): boolean {
  return why === "failed" || why === "cancelled";
}

/** Why there is no answer. */
export function failureWords({ why, error }: ThinkingEnd): string {
  return why === "cancelled" ? "The search was cancelled." : `The search failed: ${error}`;
}

/** Throws an `OpenAiProblem` for a search that did not come to its end. */
export function throwIfFailed(end: ThinkingEnd): void {
  if (isFailed(end)) throw new OpenAiProblem(500, failureWords(end));
}
