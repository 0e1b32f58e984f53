import { msg } from "../../lib/said.ts";
import type { NodeStatus } from "../../protocol/statuses.ts";
import type { Tree } from "../../protocol/tree.ts";
import { t } from "./t.ts";

/** What a node is called where that begins a line: `Problem`, `Step 3`, `Token 12`. */
export function nodeTitle({ unit }: Pick<Tree, "unit">, depth: number): string {
  if (depth === 0) return t("Problem");
  return t(unit === "token" ? "Token {number}" : "Step {number}", { number: depth });
}

/** The same within a sentence: `step 3`, `token 12`. Of steps and tokens only. */
export function nodeName({ unit }: Pick<Tree, "unit">, depth: number): string {
  return t(unit === "token" ? "token {number}" : "step {number}", { number: depth });
}

const STATUS = {
  none: msg("none"),
  sampling: msg("sampling"),
  open: msg("open"),
  kept: msg("kept"),
  pruned: msg("pruned"),
} as const satisfies Record<NodeStatus, string>;

/** What the search decided about a node, in a word. */
export function statusWord(status: NodeStatus): string {
  return t(STATUS[status]);
}

/** Phrases in a row, with what stands between them in the language. */
export function inARow(phrases: readonly string[]): string {
  return phrases.length === 0
    ? ""
    : phrases.reduce((before, next) => t("{before}, {next}", { before, next }));
}
