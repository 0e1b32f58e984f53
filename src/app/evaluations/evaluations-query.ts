import { queryOptions } from "@tanstack/react-query";
import type { EvaluationState, EvaluationStatus } from "../../protocol/evaluations.ts";
import { backend, type EvaluationBackend } from "../backend/backend.ts";

/** How often it is asked how an evaluation stands, ms: while one runs or waits, and otherwise. */
const REFRESH = { active: 1000, idle: 15_000 };

/** Rows are asked for again when this many ms have passed, and later where there are many of them: ms a row. */
const ROWS_REFRESH = { least: 2500, perRow: 0.5 };

/** Only where there is a server is this page shown. */
export function openEvaluations(): Promise<EvaluationBackend> {
  const open = backend().openEvaluations;
  if (open === null) throw new Error("there is no server to evaluate with");
  return open();
}

/** Whether a server still works on an evaluation, or will. */
export function isGoing(status: EvaluationStatus): boolean {
  return status === "queued" || status === "running";
}

/** All evaluations, newest first. */
export const evaluationsQuery = queryOptions({
  queryKey: ["evaluations", "list"],
  queryFn: async ({ signal }) => (await openEvaluations()).list({ signal }),
  staleTime: 1000,
  refetchInterval: ({ state }) =>
    state.data?.some(({ status }) => isGoing(status)) ? REFRESH.active : REFRESH.idle,
});

/** How one stands. */
export function evaluationQuery(id: string) {
  return queryOptions({
    queryKey: ["evaluations", "one", id],
    queryFn: async ({ signal }) => (await openEvaluations()).get(id, { signal }),
    staleTime: 1000,
    refetchInterval: ({ state }) =>
      state.data && isGoing(state.data.status) ? REFRESH.active : REFRESH.idle,
  });
}

/** What its rows are about: the same for as long as it lives. */
export function problemsQuery(id: string) {
  return queryOptions({
    queryKey: ["evaluations", "problems", id],
    queryFn: async ({ signal }) => (await openEvaluations()).problems(id, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Its rows, asked for again as long as there are more to come. `done`: problems, as its state says. */
export function rowsQuery({ id, status, done }: Pick<EvaluationState, "id" | "status" | "done">) {
  const isOver = !isGoing(status);
  return queryOptions({
    // What is there when it is over stays as it is until it is resumed.
    queryKey: ["evaluations", "rows", id, isOver ? done : "growing"],
    queryFn: async ({ signal }) => (await openEvaluations()).rows(id, { signal }),
    staleTime: isOver ? Number.POSITIVE_INFINITY : 0,
    refetchInterval: ({ state }) =>
      isOver ? false : ROWS_REFRESH.least + ROWS_REFRESH.perRow * (state.data?.length ?? 0),
    structuralSharing: false,
  });
}
