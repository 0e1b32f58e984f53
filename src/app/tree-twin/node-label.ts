import type { NodeStatus } from "../../protocol/statuses.ts";
import { formatScore } from "../format.ts";
import { revealControls } from "../plain-text.ts";

/** What a node is, as far as a screen reader says it. */
export interface LabelledNode {
  /** 0 for the problem. */
  readonly depth: number;
  readonly unit: "step" | "token";
  /** The step; the problem's text for the root. */
  readonly text: string;
  /** NaN: not scored. */
  readonly score: number;
  readonly status: NodeStatus;
  /** Whether an answer was read from it: its text, `null` if it ended without a readable one, `undefined` if it did not end. */
  readonly answer: string | null | undefined;
  /** `null`: nobody here can tell. */
  readonly correct: boolean | null;
  readonly selected: boolean;
  /** What is folded into it, in words; `null` if nothing is. */
  readonly folded: string | null;
  /** Whether it stands for several nodes like it, of which none is meant by itself. */
  readonly isGroup: boolean;
}

/** Longest part of a step that is read out. */
const SPOKEN = 120;

/** A node in words: `step 3, 12*9-14*3, score 0.83, kept`. */
export function nodeLabel(node: LabelledNode): string {
  const text = spoken(node.text);
  if (node.depth === 0) return `problem, ${text}`;
  if (node.status === "sampling" || node.status === "none") {
    return `${node.unit} ${node.depth}, being sampled`;
  }
  if (node.isGroup) return `${node.unit} ${node.depth}, folded: ${node.folded}`;
  const parts = [`${node.unit} ${node.depth}`, text];
  if (!Number.isNaN(node.score)) parts.push(`score ${formatScore(node.score)}`);
  parts.push(node.status);
  if (node.answer !== undefined) parts.push(answerInWords(node.answer, node.correct));
  if (node.selected) parts.push("on the selected path");
  if (node.folded !== null) parts.push(`folded: ${node.folded}`);
  return parts.join(", ");
}

function answerInWords(answer: string | null, correct: boolean | null): string {
  if (answer === null) return "ended without a readable answer";
  const verdict = correct === null ? "" : correct ? ", right" : ", wrong";
  return `answer ${spoken(answer)}${verdict}`;
}

function spoken(text: string): string {
  const plain = revealControls(text.slice(0, SPOKEN)).replace(/\s+/g, " ").trim();
  if (plain === "") return "empty step";
  return text.length > SPOKEN ? `${plain}, and ${text.length - SPOKEN} characters more` : plain;
}
