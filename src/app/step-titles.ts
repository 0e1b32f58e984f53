import { type NodeId, ROOT } from "../protocol/events.ts";
import type { Tree } from "../protocol/tree.ts";
import { type KnownProblem, readKnown } from "./known-problem.ts";
import { ownText } from "./token-text.ts";
import { locale, tSaid } from "./words/t.ts";

/** Deepest step that is named: a rule may read all that comes before, and a log from elsewhere may be any depth. */
const DEEPEST = 500;
/** Titles that are kept: more than there is room for in a window. */
const MOST_KEPT = 5000;

/** What the rule of its family says of the steps of one tree, in one language. */
interface TreeTitles {
  readonly language: string;
  readonly known: KnownProblem | null;
  readonly kept: Map<NodeId, string | null>;
}

const titlesOf = new WeakMap<Tree, TreeTitles>();

/** Whether there is a rule that names the steps of this tree. */
export function hasTitles(tree: Tree): boolean {
  return tree.unit === "step" && ofTree(tree)?.known != null;
}

/**
 * What a step does, in a few words of the imperative; `null` for what has no
 * name: the problem, placeholders, tokens, steps that cannot be read, and all steps of a
 * problem that no family here knows. Computed when it is asked for and kept for a
 * while, so that it costs nothing for nodes that nobody looks at.
 */
export function titleOf(tree: Tree, node: NodeId): string | null {
  const titles = ofTree(tree);
  if (titles?.known == null || tree.unit !== "step" || node === ROOT || tree.proposedSeq[node]! < 0)
    return null;
  const { known, kept } = titles;
  let title = kept.get(node);
  if (title === undefined) {
    title = tree.depth[node]! > DEEPEST ? null : ask(known, tree, node);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(node, title);
  }
  return title;
}

/** What is shown of a node's step: its title, if titles are wanted and it has one, or all of it. */
export function shownStep(
  { tree, titles }: { readonly tree: Tree; readonly titles: boolean },
  node: NodeId,
): string {
  return (titles ? titleOf(tree, node) : null) ?? ownText(tree, node);
}

function ofTree(tree: Tree): TreeTitles | null {
  const found = titlesOf.get(tree);
  if (found?.language === locale()) return found;
  if (tree.started === null) return null;
  const known = readKnown(tree.started.problem);
  const titles: TreeTitles = { language: locale(), known, kept: new Map() };
  titlesOf.set(tree, titles);
  return titles;
}

function ask({ family, problem }: KnownProblem, tree: Tree, node: NodeId): string | null {
  const title = family.titleOf(problem, tree.steps(tree.parent[node]!), tree.step(node));
  return title && tSaid(title);
}
