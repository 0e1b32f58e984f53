import { z } from "zod";
import {
  EvaluationList,
  EvaluationProblems,
  EvaluationRows,
  EvaluationState,
} from "../../protocol/evaluations.ts";
import type { EvaluationBackend } from "./backend.ts";
import { type Ask, json } from "./server-backend.ts";

/** The evaluations of the server that this page is from. */
export function evaluationsOver(ask: Ask): EvaluationBackend {
  const path = "/api/evaluations";
  const of = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    list: async (options) => (await ask(EvaluationList, path, {}, options)).evaluations,
    get: (id, options) => ask(EvaluationState, of(id), {}, options),
    start: (spec, options) => ask(EvaluationState, path, json(spec), options),
    command: (id, command, options) =>
      ask(EvaluationState, `${of(id)}/commands`, json({ command }), options),
    async remove(id, options) {
      await ask(z.unknown(), of(id), { method: "DELETE" }, options);
    },
    problems: async (id, options) =>
      (await ask(EvaluationProblems, `${of(id)}/problems`, {}, options)).problems,
    rows: async (id, options) => (await ask(EvaluationRows, `${of(id)}/rows`, {}, options)).rows,
    files: (id) => ({ csv: `${of(id)}/rows.csv`, json: `${of(id)}/rows` }),
  };
}
