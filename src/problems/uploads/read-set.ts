import {
  MOST_REFUSED,
  MOST_SET_PROBLEMS,
  type RefusedRow,
  type SetProblem,
} from "../../protocol/uploaded-sets.ts";
import { csvRows } from "./csv.ts";
import { fitRow, type Mapping, type Row, RowError } from "./fit-row.ts";

export type SetFormat = "jsonl" | "csv";

/** What became of the rows of a file: each is kept, or refused with its line and the reason. */
export interface ReadSet {
  readonly problems: readonly SetProblem[];
  /** The first of them. */
  readonly refused: readonly RefusedRow[];
  /** All of them. */
  readonly refusedCount: number;
}

/** A row, or why there is none on this line. */
interface Place {
  readonly line: number;
  readonly row: Row | RowError;
}

/** Reads a file of problems. Rows that do not fit are told of, and the rest is kept; it never throws. */
export function readSet(text: string, format: SetFormat, mapping: Mapping): ReadSet {
  const problems: SetProblem[] = [];
  const refused: RefusedRow[] = [];
  let refusedCount = 0;
  const refuse = (line: number, reason: string) => {
    refusedCount++;
    if (refused.length < MOST_REFUSED) refused.push({ line, reason });
  };
  const places = format === "csv" ? csvPlaces(bare(text)) : jsonPlaces(bare(text));
  for (const { line, row } of places) {
    if (problems.length >= MOST_SET_PROBLEMS) {
      refuse(line, `a set keeps ${MOST_SET_PROBLEMS} problems`);
      continue;
    }
    try {
      if (row instanceof RowError) throw row;
      problems.push({ index: problems.length, line, ...fitRow(row, mapping) });
    } catch (error) {
      // A row that does not fit is an answer here, not an error.
      if (!(error instanceof RowError)) throw error;
      refuse(line, error.message);
    }
  }
  return { problems, refused, refusedCount };
}

/** Without the mark that some programs put in front of UTF-8. */
function bare(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** One JSON object a line; or one array of them, whose rows are numbered instead. */
function* jsonPlaces(text: string): Generator<Place, void, void> {
  const rows = text.trimStart().startsWith("[") ? arrayOf(text) : null;
  if (rows) {
    for (const [i, value] of rows.entries()) yield { line: i + 1, row: asRow(value) };
    return;
  }
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() !== "") yield { line: i + 1, row: parsedRow(line) };
  }
}

function arrayOf(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    // Its lines may be JSON each.
    return null;
  }
}

function parsedRow(line: string): Row | RowError {
  try {
    return asRow(JSON.parse(line));
  } catch {
    return new RowError("it is no JSON");
  }
}

function asRow(value: unknown): Row | RowError {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Row) : new RowError("it is no JSON object");
}

function* csvPlaces(text: string): Generator<Place, void, void> {
  let header: readonly string[] | null = null;
  for (const { line, cells, isOpen } of csvRows(text)) {
    if (header === null) header = cells.map((cell) => cell.trim());
    else if (isOpen) yield { line, row: new RowError("it has a quote that nothing closes") };
    else if (cells.length !== header.length) {
      const reason = `it has ${cells.length} cells, and the first line names ${header.length}`;
      yield { line, row: new RowError(reason) };
    } else {
      const names = header;
      yield { line, row: Object.fromEntries(cells.map((cell, i) => [names[i]!, cell])) };
    }
  }
}
