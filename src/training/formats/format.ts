import type { z } from "zod";
import type { Json } from "./json-spelling.ts";
import type { Judged, Neutral } from "./judged.ts";

/** What a row may have to say that no judged solution knows. */
export interface RowContext {
  /** Of the file that is read, from 1, and which of the row's solutions it is, from 0. */
  readonly line: number;
  readonly solution: number;
  readonly neutral: Neutral;
  /** Name of the policy that wrote the steps, for rows that do not say it. */
  readonly generator: string | null;
  /** Who labelled, and when (ISO 8601 without a zone, as PRM800K has it). */
  readonly labeler: string;
  readonly timestamp: string;
}

/** A way of keeping judged solutions, one JSON object a row. `formats.ts` lists them. */
export interface Format<Row = unknown> {
  readonly name: string;
  readonly about: string;
  /** Keys that it does not name are kept. `null`: the format is only written. */
  readonly row: z.ZodType<Row> | null;
  /** Rows say nothing about steps: one row a problem, however many solutions it has. */
  readonly isPerProblem: boolean;
  /** What a row says, a solution at a time. Throws a `RowError` if it contradicts itself. */
  read(row: Row): Judged[];
  /** Throws a `RowError` if something is not known that a row has to say. */
  write(solution: Judged, context: RowContext): Row & Json;
}
