import { type NodeId, ROOT } from "../protocol/events.ts";
import type { Tree } from "../protocol/tree.ts";

const SEEN: ReadonlyMap<string, string> = new Map([
  ["\n", "↵"],
  ["\t", "⇥"],
  [" ", "␣"],
]);

/** A token so that it can be seen: spaces and line ends are signs. */
export function visibleToken(text: string): string {
  return text.replace(/[\n\t ]/g, (space) => SEEN.get(space)!);
}

/** What a node itself says, as it is shown: its step, or its token with signs for spaces. */
export function ownText(tree: Tree, node: NodeId): string {
  return tree.unit === "token" ? visibleToken(tree.step(node)) : tree.step(node);
}

/**
 * What a node says together with what it needs to be understood: a step by itself;
 * of tokens the end of the text, `most` characters at most, with an ellipsis before
 * them if there are more.
 */
export function contextText(tree: Tree, node: NodeId, most: number): string {
  if (tree.unit !== "token" || node === ROOT) return tree.step(node);
  const text = tailText(tree, node, most + 1);
  return text.length > most ? `…${text.slice(-most)}` : text;
}

/** The last characters of the text that ends with a token: at least so many, if there are. */
export function tailText(tree: Tree, node: NodeId, least: number): string {
  let text = "";
  for (let at = node; at !== ROOT && text.length < least; at = tree.parent[at]!) {
    text = tree.step(at) + text;
  }
  return text;
}

/** What stands between the problem and a node, as text: a step a line, tokens as they were written. */
export function writtenText(tree: Tree, node: NodeId): string {
  return tree.steps(node).join(tree.unit === "token" ? "" : "\n");
}

/** A line of a text of tokens. */
export interface TokenLine {
  /** Without its line end and without what is no text. */
  readonly text: string;
  /** Its tokens, its line end and what frames it among them. */
  readonly nodes: readonly NodeId[];
  /** Whether it states the answer, and is no reasoning. */
  readonly isAnswer: boolean;
  /** Whether something came after it, so that it will not grow. */
  readonly isWhole: boolean;
}

/** A line while it is put together. */
type Growing = { -readonly [K in keyof TokenLine]: TokenLine[K] } & { readonly nodes: NodeId[] };

/**
 * The text that ends with a token, line by line. A token with a line end inside
 * belongs to the line that it ends. What is no text stands where it was written,
 * after the line before it.
 */
export function tokenLines(tree: Tree, node: NodeId): TokenLine[] {
  const lines: Growing[] = [];
  let open: Growing | null = null;
  for (const at of tree.path(node)) {
    if (at === ROOT) continue;
    const isAnswer = tree.reasoningTokens(at) === 0;
    if (open !== null && isAnswer && !open.isAnswer) {
      open.isWhole = true;
      open = null;
    }
    open ??= beginLine(lines, "", isAnswer);
    open.nodes.push(at);
    if (tree.isControl(at)) open.isWhole = true;
    else open = growLine(lines, open, tree.step(at));
  }
  return lines.filter(({ nodes }) => nodes.length > 0);
}

function beginLine(lines: Growing[], text: string, isAnswer: boolean): Growing {
  const line = { text, nodes: [], isAnswer, isWhole: false };
  lines.push(line);
  return line;
}

/** The line that goes on after a text; null if that is none yet. */
function growLine(lines: Growing[], line: Growing, text: string): Growing | null {
  const [first, ...more] = text.split("\n");
  line.text += first;
  if (more.length === 0) return line;
  line.isWhole = true;
  const rest = more.join("\n").trim();
  return rest === "" ? null : beginLine(lines, rest, line.isAnswer);
}
