import { budgetWords } from "./budget-words.ts";
import { useComparison } from "./comparison.ts";
import { useStart } from "./start.ts";

/** Says what the runs may spend against each other, and what they did. */
export function BudgetNote() {
  const runs = useComparison((state) => state.runs);
  const words = useComparison(() => budgetWords(runs.map(({ tree }) => tree)));
  const { waiting, refused } = useStart();
  const all = [waiting, refused, words].filter((part) => part !== null && part !== "");
  if (all.length === 0) return null;
  return (
    <p className="soft budget-note" role="status">
      {all.join(" ")}
    </p>
  );
}
