import { t } from "../../words/t.ts";
import { STATUS_WORDS } from "../lines/status-words.ts";
import type { NodeFacts } from "./read-node.ts";

/** The status of a node in words: kept, pruned, its answer, right or wrong. */
export function StatusWord({ facts }: { facts: NodeFacts }) {
  const { status, answer, isSelected } = facts;
  if (answer?.correct === true)
    return <span className="is-right">{t(isSelected ? "selected, right" : "right")}</span>;
  if (answer?.correct === false)
    return <span className="is-wrong">{t(isSelected ? "selected, wrong" : "wrong")}</span>;
  if (isSelected) return <span className="accent">{t("selected")}</span>;
  return (
    <span className={status === "pruned" ? "pruned-word" : ""}>{t(STATUS_WORDS[status])}</span>
  );
}
