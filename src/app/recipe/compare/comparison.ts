import { create } from "zustand";
import type { ModelCard, ModelList } from "../../../protocol/runs.ts";

/** Two policies that are to answer one problem, and who scores their steps. */
export interface Comparison {
  readonly problem: string;
  readonly seed: number;
  readonly policies: readonly [before: string, after: string];
  readonly verifier: string;
}

interface Draft {
  readonly problem: string;
  /** NaN while nothing is typed. */
  readonly seed: number;
  /** `null`: nobody chose, see `usualModels`. */
  readonly before: string | null;
  readonly after: string | null;
  readonly verifier: string | null;
  /** What is shown below the form; `null` before the first time. */
  readonly asked: Comparison | null;
}

/** Kept while the page shows other things, so that Back finds what was left. */
export const useComparison = create<Draft>()(() => ({
  ...{ problem: "", seed: 0, before: null, after: null, verifier: null, asked: null },
}));

export function change(draft: Partial<Draft>): void {
  useComparison.setState(draft);
}

const AFTER_REINFORCEMENT = "-rl";

/** A policy that was reinforced and the one that it was made of, if both are there; else the first two. */
export function usualModels({ policies, verifiers }: ModelList) {
  const named = (name: string) => policies.find((policy) => policy.name === name);
  const after = policies.find(
    ({ name }) => name.endsWith(AFTER_REINFORCEMENT) && named(stem(name)) !== undefined,
  );
  const pair: readonly (ModelCard | undefined)[] = after
    ? [named(stem(after.name)), after]
    : policies;
  return { before: pair[0]?.name, after: pair[1]?.name, verifier: verifiers[0]?.name };
}

function stem(name: string): string {
  return name.slice(0, -AFTER_REINFORCEMENT.length);
}
