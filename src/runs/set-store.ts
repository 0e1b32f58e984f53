import type {
  RefusedRow,
  SetPageQuery,
  SetProblem,
  UploadedSet,
  UploadedSetPage,
} from "../protocol/uploaded-sets.ts";

/** A set as it is added: all of its problems, and the first of the rows that did not fit. */
export interface NewSet {
  readonly set: UploadedSet;
  readonly problems: readonly SetProblem[];
  readonly refused: readonly RefusedRow[];
}

/** The problem sets that people uploaded, as they stand. */
export interface SetReader {
  /** Newest first. */
  list(): Promise<UploadedSet[]>;
  /** `null` if there is none with this id. */
  page(id: string, query: SetPageQuery): Promise<UploadedSetPage | null>;
}

/** The problem sets that people uploaded. What was written survives a crash once the promise is fulfilled. */
export interface SetStore extends SetReader {
  /** All or nothing. Rejects with a `StoreError` if the id exists. */
  add(set: NewSet): Promise<void>;
  /** Runs that were made of its problems stay. */
  remove(id: string): Promise<void>;
}

/** Sets that are gone with the process: where nothing is kept, and for tests. */
export function memorySets(): SetStore {
  const sets = new Map<string, NewSet>();
  return {
    async add(added) {
      sets.set(added.set.id, added);
    },
    list: async () => [...sets.values()].map(({ set }) => set).reverse(),
    async page(id, { after, limit }) {
      const found = sets.get(id);
      if (!found) return null;
      return pageOf(found, found.problems.slice(after + 1, after + 1 + limit));
    },
    async remove(id) {
      sets.delete(id);
    },
  };
}

/** A page with these problems, which are in the order of their index. */
export function pageOf(
  { set, refused }: Pick<NewSet, "set" | "refused">,
  problems: readonly SetProblem[],
): UploadedSetPage {
  const last = problems.at(-1)?.index ?? set.problems;
  return {
    set,
    problems: [...problems],
    refused: [...refused],
    next: last + 1 < set.problems ? last : null,
  };
}
