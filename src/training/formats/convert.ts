import type { Format, RowContext } from "./format.ts";
import { detectFormat } from "./formats.ts";
import { type Json, PYTHON, readJson, type Spelling, writeJson } from "./json-spelling.ts";
import type { Judged } from "./judged.ts";
import { assertFits, RowError } from "./row-error.ts";
import type { RowText } from "./row-texts.ts";

/** A row that was read and holds together, or what is wrong with it. */
export type ReadRow =
  | {
      readonly line: number;
      readonly text: string;
      readonly value: Json;
      readonly spelling: Spelling;
      readonly format: Format;
      readonly solutions: readonly Judged[];
    }
  | { readonly line: number; readonly error: RowError };

/** What comes of one row: a line to write, or a row that is listed and left out. */
export type Converted =
  | { readonly line: number; readonly text: string; readonly isRespelled: boolean }
  | { readonly line: number; readonly error: RowError };

/**
 * Reads rows of `format`; without one, of the format of the first row that has
 * any. Rows before that one, and rows that do not fit, come as errors; nothing
 * is thrown for what a file says.
 */
export async function* readRows(
  texts: AsyncIterable<RowText>,
  format: Format | null,
): AsyncGenerator<ReadRow, void, void> {
  let of = format;
  for await (const row of texts) {
    if ("error" in row) {
      yield row;
      continue;
    }
    yield listed(row.line, () => {
      const { value, spelling } = readJson(row.text);
      of ??= detectFormat(value);
      if (of === null) throw new RowError("", "has the shape of no format");
      return { ...row, value, spelling, format: of, solutions: solutionsOf(of, value) };
    });
  }
}

function solutionsOf(format: Format, value: Json): Judged[] {
  if (format.row === null) throw new RowError("", `${format.name} is only written`);
  assertFits(format.row, value);
  return format.read(value);
}

/**
 * Says rows in the format `to`, a line for each solution. Rows that are of it
 * already are written as they are, byte for byte where their spelling can be kept.
 */
export async function* convertRows(
  rows: AsyncIterable<ReadRow>,
  to: Format,
  context: Omit<RowContext, "line" | "solution">,
): AsyncGenerator<Converted, void, void> {
  const seen = new Set<string>();
  for await (const row of rows) {
    if ("error" in row) {
      yield row;
      continue;
    }
    const { line, text, value, spelling, format, solutions } = row;
    if (format.name === to.name) {
      const written = writeJson(value, spelling);
      yield { line, text: written, isRespelled: written !== text };
      continue;
    }
    if (solutions.length === 0) yield { line, error: new RowError("", "says nothing of any step") };
    for (const [i, solution] of solutions.entries()) {
      if (to.isPerProblem && seen.has(solution.problem)) continue;
      seen.add(solution.problem);
      yield listed(line, () => ({
        line,
        text: writeJson(to.write(solution, { ...context, line, solution: i }), PYTHON),
        isRespelled: false,
      }));
    }
  }
}

/** What `work` makes of the row of this line, or what it refuses it for. */
export function listed<T>(line: number, work: () => T): T | { line: number; error: RowError } {
  try {
    return work();
  } catch (error) {
    // The one place where a row that cannot be used becomes something to list.
    if (error instanceof RowError) return { line, error };
    throw error;
  }
}
