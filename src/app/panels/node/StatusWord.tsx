import type { NodeFacts } from "./read-node.ts";

/** The status of a node in words: kept, pruned, its answer, right or wrong. */
export function StatusWord({ facts }: { facts: NodeFacts }) {
  const { status, answer, isSelected } = facts;
  if (answer?.correct === true)
    return <span className="is-right">{isSelected ? "selected, right" : "right"}</span>;
  if (answer?.correct === false)
    return <span className="is-wrong">{isSelected ? "selected, wrong" : "wrong"}</span>;
  if (isSelected) return <span className="accent">selected</span>;
  return <span className={status === "pruned" ? "pruned-word" : ""}>{WORDS[status]}</span>;
}

const WORDS: Record<NodeFacts["status"], string> = {
  none: "not there yet",
  sampling: "being sampled",
  open: "open",
  kept: "kept",
  pruned: "pruned",
};
