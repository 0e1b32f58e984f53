import { useMemo } from "react";
import { create, useStore } from "zustand";
import type { ComparedRun } from "./compared-run.ts";
import { ahead, standingAt } from "./strip.ts";

/** Which of the runs are ahead at the moment that is shown, at a pace that can be read. */
export function useAhead(runs: readonly ComparedRun[]): readonly boolean[] {
  const store = useMemo(() => followAhead(runs), [runs]);
  return useStore(store);
}

function followAhead(runs: readonly ComparedRun[]) {
  const now = () => {
    const moments = runs.map(({ moment }) => moment.getState());
    const problems = new Set(moments.map(({ tree }) => tree.started?.problem.text));
    // Other problems are not easier for being compared.
    if (problems.size > 1) return runs.map(() => false);
    return ahead(moments.map(({ tree, at }) => standingAt(tree, at)));
  };
  const store = create<readonly boolean[]>()(now);
  const update = () => {
    const next = now();
    if (next.join() !== store.getState().join()) store.setState(next, true);
  };
  for (const { moment } of runs) moment.subscribe(update);
  return store;
}
