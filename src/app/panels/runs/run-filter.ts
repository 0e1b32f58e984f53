import { create } from "zustand";

/** Which runs are listed; an empty string lists all. */
interface RunFilter {
  readonly text: string;
  readonly strategy: string;
  readonly family: string;
}

export const useRunFilter = create<RunFilter>()(() => ({ text: "", strategy: "", family: "" }));

/** Narrows or widens the list of runs. */
export function filterRuns(change: Partial<RunFilter>): void {
  useRunFilter.setState(change);
}

/** Id of the text field, for the key that focuses it. */
export const RUN_FILTER_FIELD = "run-filter";
