import type { NodeStatus } from "../../protocol/statuses.ts";
import { formatScore } from "../format.ts";
import { revealControls } from "../plain-text.ts";
import { inARow, nodeName, statusWord } from "../words/node-words.ts";
import { t } from "../words/t.ts";

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
  if (node.depth === 0) return inARow([t("problem"), text]);
  const name = nodeName(node, node.depth);
  if (node.status === "sampling" || node.status === "none") {
    return inARow([name, t("being sampled")]);
  }
  const folded = node.folded === null ? [] : [t("folded: {nodes}", { nodes: node.folded })];
  if (node.isGroup) return inARow([name, ...folded]);
  const parts = [name, text];
  if (!Number.isNaN(node.score)) parts.push(t("score {score}", { score: formatScore(node.score) }));
  parts.push(statusWord(node.status));
  if (node.answer !== undefined) parts.push(answerInWords(node.answer, node.correct));
  if (node.selected) parts.push(t("on the selected path"));
  return inARow([...parts, ...folded]);
}

function answerInWords(answer: string | null, correct: boolean | null): string {
  if (answer === null) return t("ended without a readable answer");
  const said = t("answer {answer}", { answer: spoken(answer) });
  return correct === null ? said : inARow([said, t(correct ? "right" : "wrong")]);
}

function spoken(text: string): string {
  const plain = revealControls(text.slice(0, SPOKEN)).replace(/\s+/g, " ").trim();
  if (plain === "") return t("empty step");
  return text.length > SPOKEN
    ? t("{text}, and {count} characters more", { text: plain, count: text.length - SPOKEN })
    : plain;
}
