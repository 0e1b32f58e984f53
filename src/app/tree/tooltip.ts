import { msg } from "../../lib/said.ts";
import type { NodeId } from "../../protocol/events.ts";
import type { JudgedScores, Tree } from "../../protocol/tree.ts";
import { formatScore, formatShare } from "../format.ts";
import { capText, revealControls } from "../plain-text.ts";
import { contextText, ownText } from "../token-text.ts";
import { statusWord } from "../words/node-words.ts";
import { t } from "../words/t.ts";
import { pruneNote, type TopK } from "./prune-note.ts";

/** Distance from the pointer, CSS px. */
const OFFSET = 14;
/** Least distance from the edges of the window, CSS px. */
const MARGIN = 8;

/** A small card beside the pointer that says all of a node. */
export interface Tooltip {
  show(facts: TooltipFacts, pointer: readonly [clientX: number, clientY: number]): void;
  hide(): void;
  remove(): void;
}

interface TooltipFacts {
  readonly tree: Tree;
  readonly at: number;
  readonly node: NodeId;
  readonly topK: TopK;
  /** Those that are shown. */
  readonly scores: JudgedScores;
  /** What is folded into it, and whether it stands for several nodes of which none is meant by itself. */
  readonly folded: { readonly words: string; readonly isGroup: boolean } | null;
}

/** Adds a hidden tooltip to the page. Text reaches it as text, whatever it contains. */
export function addTooltip(): Tooltip {
  const card = document.createElement("div");
  card.className = "tree-tooltip";
  card.ariaHidden = "true";
  card.hidden = true;
  const step = card.appendChild(document.createElement("div"));
  step.className = "tree-tooltip-step";
  step.dir = "auto";
  const facts = card.appendChild(document.createElement("div"));
  facts.className = "tree-tooltip-facts";
  document.body.append(card);
  return {
    show(what, [clientX, clientY]) {
      step.textContent = stepWords(what);
      facts.textContent = factWords(what);
      card.hidden = false;
      const { width, height } = card.getBoundingClientRect();
      const left = besides(clientX, width, document.documentElement.clientWidth);
      const top = besides(clientY, height, document.documentElement.clientHeight);
      card.style.transform = `translate(${left}px, ${top}px)`;
    },
    hide() {
      card.hidden = true;
    },
    remove() {
      card.remove();
    },
  };
}

/** Beyond the pointer if there is room, else before it, and never outside of the window. */
function besides(pointer: number, size: number, room: number): number {
  const after = pointer + OFFSET;
  const place = after + size + MARGIN <= room ? after : pointer - OFFSET - size;
  return Math.round(Math.max(MARGIN, Math.min(place, room - MARGIN - size)));
}

/** Characters of the text before a token that are shown with it. */
const TOKEN_CONTEXT = 240;

const UNFOLD = msg("double-click or H unfolds");

/** The whole step; of a very long one the beginning, and how much more there is. */
function stepWords({ tree, at, node, folded }: TooltipFacts): string {
  if (folded?.isGroup) return folded.words;
  if (tree.parent[node]! < 0) return revealControls(tree.started?.problem.text ?? "");
  if (tree.statusAt(node, at) === "sampling") return "…";
  if (tree.unit === "token") return revealControls(contextText(tree, node, TOKEN_CONTEXT));
  const { shown, total, complete } = capText(tree.step(node));
  const text = revealControls(shown);
  return complete
    ? text
    : t("{text} … and {count} more characters; select the node to read on", {
        ...{ text, count: total - shown.length },
      });
}

function factWords({ tree, at, node, topK, scores, folded }: TooltipFacts): string {
  if (folded?.isGroup) return t(UNFOLD);
  const status = tree.statusAt(node, at);
  if (tree.parent[node]! < 0) return t("the problem");
  if (status === "sampling") return t("being sampled");
  const score = scores.scoreAt(node, at);
  const answer = tree.answer(node, at);
  const words = [
    tree.unit === "token" &&
      t("token {token}, {share}", {
        token: revealControls(ownText(tree, node)),
        share: formatShare(Math.exp(tree.logprob[node]!)),
      }),
    Number.isNaN(score) ? t("not scored") : t("score {score}", { score: formatScore(score) }),
    answer && answerWords(answer),
    status === "pruned"
      ? t("pruned: {why}", { why: pruneNote(tree, node, at, topK)! })
      : statusWord(status),
    folded && `${t("{nodes} folded here", { nodes: folded.words })} · ${t(UNFOLD)}`,
  ];
  return words.filter((word) => typeof word === "string").join(" · ");
}

function answerWords({ answer, correct }: { answer: string | null; correct: boolean | null }) {
  if (answer === null) return t("no readable answer");
  const shown = { answer: revealControls(capText(answer, 60).shown) };
  if (correct === null) return t("answer {answer}", shown);
  return t(correct ? "answer {answer} ✓ right" : "answer {answer} ✗ wrong", shown);
}
