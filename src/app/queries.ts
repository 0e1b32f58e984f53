import {
  keepPreviousData,
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { ApiError, backend } from "./backend/backend.ts";
import { isActive } from "./panels/runs/run-words.ts";
import { fetchModels, fetchProblems, fetchRun, fetchRuns } from "./state/api.ts";

/** What the page knows of the server, but for the run on screen, whose log is in `state/`. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      // Asking again helps when the server is away, not when it said no.
      retry: (failures, error) =>
        failures < 3 && !(error instanceof ApiError && error.status >= 400),
    },
  },
});

/** The models that runs can be made of. */
export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: ({ signal }) => fetchModels({ signal }),
});

const families = queryOptions({
  queryKey: ["families"],
  queryFn: ({ signal }) => fetchProblems({ count: 1 }, { signal }),
  select: ({ families }) => families,
});

export function useModels() {
  return useQuery(modelsQuery);
}

/** Uploaded problem sets, newest first. */
export const setsQuery = queryOptions({
  queryKey: ["problem-sets"],
  queryFn: ({ signal }) => backend().sets?.list({ signal }) ?? [],
});

/** The problems of a set, page by page. */
export function useSetPages(id: string | null) {
  return useInfiniteQuery({
    queryKey: ["problem-set", id],
    queryFn: ({ pageParam, signal }) => backend().sets!.page(id!, { after: pageParam }, { signal }),
    initialPageParam: -1,
    getNextPageParam: (page) => page.next,
    enabled: id !== null,
  });
}

export function useFamilies() {
  return useQuery(families);
}

/** Resolves after `ms`, or rejects at once when `signal` aborts: debounces a query whose key changes while typing. */
function settle(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** What finished runs of a strategy with these models spent, newest first: what is known of their speed. */
export function usePastUse(strategy: string, models: Record<"policy" | "verifier", string | null>) {
  const runs = useQuery({
    queryKey: ["runs", "pace", strategy],
    queryFn: ({ signal }) => fetchRuns({ strategy, status: "finished", limit: 50 }, { signal }),
  });
  return (runs.data?.runs ?? [])
    .filter(
      ({ policy, verifier }) =>
        policy.name === models.policy && (verifier?.name ?? null) === models.verifier,
    )
    .map(({ use }) => use);
}

/** How often the list is asked for again, ms: while something runs, and otherwise. */
const REFRESH = { active: 2000, idle: 15_000 };

/** Runs that match, page by page. Waits until nobody types. */
export function useRunPages(filter: { text: string; strategy: string; family: string }) {
  return useInfiniteQuery({
    queryKey: ["runs", "list", filter],
    queryFn: async ({ pageParam, signal }) => {
      if (filter.text !== "" && pageParam === null) await settle(200, signal);
      return fetchRuns({ ...filter, ...(pageParam !== null && { before: pageParam }) }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: 1000,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ runs }) => runs.some(({ status }) => isActive(status)))
        ? REFRESH.active
        : REFRESH.idle,
  });
}

/** A few runs whose problem contains a text of two characters at least, newest first; none until nobody types. */
export function useRunsByText(text: string) {
  const runs = useQuery({
    queryKey: ["runs", "by-text", text],
    queryFn: async ({ signal }) => {
      await settle(200, signal);
      return fetchRuns({ text, limit: 6 }, { signal });
    },
    enabled: text.length >= 2,
    staleTime: 1000,
  });
  return runs.data?.runs ?? [];
}

/** What the server says of a run; asked again whenever `connection` changes. */
export function useRunSummary(id: string | null, connection: string) {
  return useQuery({
    queryKey: ["run", id, connection],
    queryFn: ({ signal }) => fetchRun(id!, { signal }),
    enabled: id !== null && connection !== "failed",
    placeholderData: (before) => (before?.id === id ? before : undefined),
  });
}
