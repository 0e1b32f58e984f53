import { type NodeId, ROOT } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { formatScore } from "../../format.ts";
import { contextText } from "../../token-text.ts";
import { inARow, nodeName } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";

/** Characters of the text before a token that are told with it. */
const MARKED = 60;

/** A bookmark with what it is on. */
export interface MarkedStep {
  readonly node: NodeId;
  readonly depth: number;
  readonly unit: "step" | "token";
  /** The step, or the end of the text with a token; the problem's text for the root. */
  readonly text: string;
  /** null: not scored. */
  readonly score: number | null;
  readonly note: string;
}

/** The bookmarks whose nodes the log has announced, by id; scores are those at the moment. */
export function markedSteps(
  tree: Tree,
  at: number,
  bookmarks: ReadonlyMap<NodeId, string>,
): MarkedStep[] {
  return [...bookmarks]
    .filter(([node]) => node < tree.count)
    .map(([node, note]) => {
      const score = tree.scoreAt(node, at);
      return {
        node,
        ...{ depth: tree.depth[node]!, unit: tree.unit },
        text: node === ROOT ? (tree.started?.problem.text ?? "") : contextText(tree, node, MARKED),
        score: Number.isNaN(score) ? null : score,
        note,
      };
    });
}

/** Bookmarks as a list in Markdown, under the problem. */
export function marksAsMarkdown(problem: string, steps: readonly MarkedStep[]): string {
  const lines = steps.map(({ node, depth, unit, text, score, note }) => {
    const facts = inARow([
      depth === 0 ? t("problem") : nodeName({ unit }, depth),
      t("node {node}", { node: String(node) }),
      score === null ? t("not scored") : t("score {score}", { score: formatScore(score) }),
    ]);
    const told = note === "" ? "" : `\n  ${note.replaceAll("\n", "\n  ")}`;
    return `- ${facts}: ${inCode(text)}${told}`;
  });
  return [t("Bookmarks of {problem}", { problem: inCode(problem) }), "", ...lines, ""].join("\n");
}

/** Bookmarks as JSON, for other programs. */
export function marksAsJson(run: string, problem: string, steps: readonly MarkedStep[]): string {
  return JSON.stringify({ run, problem, bookmarks: steps }, null, 2);
}

/** A text in backticks, more of them than are in it. */
function inCode(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}
