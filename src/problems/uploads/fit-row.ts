import {
  LONGEST_PROBLEM,
  LONGEST_REFERENCE,
  type SetProblem,
  type UploadQuery,
} from "../../protocol/uploaded-sets.ts";
import { extractAnswer, statedAnswer } from "../math/extract-answer.ts";

/** A row of a file: what it calls its fields, and what they hold. */
export type Row = Readonly<Record<string, unknown>>;

export type Mapping = Omit<UploadQuery, "name">;

/** A row that does not fit; the message is a sentence for who uploaded it. */
export class RowError extends Error {
  override readonly name = "RowError";
}

/** Names of fields in the sets that people share, most telling first: MATH-500, GSM8K, AIME, TRL, PRM800K. */
const USUAL: Readonly<Record<keyof Mapping, readonly string[]>> = {
  problem: ["problem", "question", "prompt", "query", "input", "question.problem"],
  answer: [
    ...["answer", "final_answer", "expected_answer", "ground_truth_answer", "ground_truth"],
    ...["gt_answer", "target", "reference", "solution", "completion", "output"],
    ...["question.ground_truth_answer", "question.ground_truth_solution"],
  ],
  level: ["level", "difficulty"],
  subject: ["subject", "type", "category", "topic"],
  id: ["unique_id", "id", "problem_id", "problem_idx", "uid", "timestamp"],
};

/** Fields with the reasoning in them: their answer has to be marked. */
const SOLUTIONS = /(?:solution|completion|output|response)$/i;

/** Longest text that is an answer without a mark, in characters. */
const LONGEST_UNMARKED = 500;

/** The problem that a row holds, with its final answer. Throws a `RowError`. */
export function fitRow(row: Row, mapping: Mapping): Omit<SetProblem, "index" | "line"> {
  const problem = textOf(required(row, "problem", mapping).value)?.trim() ?? "";
  if (problem === "") throw new RowError("its problem is empty or no text");
  if (problem.length > LONGEST_PROBLEM) {
    throw new RowError(
      `its problem has ${problem.length} characters, and at most ${LONGEST_PROBLEM} can be kept`,
    );
  }
  const text = (field: "subject" | "id") => {
    const found = find(row, field, mapping);
    return found ? (textOf(found.value)?.trim().slice(0, 200) ?? null) : null;
  };
  const level = find(row, "level", mapping);
  return {
    problem,
    answer: answerOf(required(row, "answer", mapping)),
    level: level ? levelOf(level.value) : null,
    subject: text("subject") || null,
    id: text("id") || null,
  };
}

interface Found {
  readonly name: string;
  readonly value: unknown;
}

function required(row: Row, field: "problem" | "answer", mapping: Mapping): Found {
  const found = find(row, field, mapping);
  if (found) return found;
  const wanted = mapping[field] === undefined ? USUAL[field] : [mapping[field]];
  const names = Object.keys(row).slice(0, 12).join(", ") || "none";
  throw new RowError(
    `it has no ${field} (${wanted.slice(0, 4).join(", ")}); its fields are ${names}`,
  );
}

/** The field that the mapping names, or the first of the usual ones that holds something. */
function find(row: Row, field: keyof Mapping, mapping: Mapping): Found | null {
  const names = mapping[field] === undefined ? USUAL[field] : [mapping[field]];
  for (const name of names) {
    const value = at(row, name);
    const isEmpty = value === undefined || value === null || value === "";
    // `question` is a text in GSM8K and an object in PRM800K.
    if (!isEmpty && (field !== "problem" || textOf(value) !== null)) return { name, value };
  }
  return null;
}

function at(row: Row, path: string): unknown {
  if (Object.hasOwn(row, path)) return row[path];
  let value: unknown = row;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** A text; a number as a text; of a conversation what the user said last; `null` for anything else. */
function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (!Array.isArray(value)) return null;
  if (value.length === 1 && typeof value[0] !== "object") return textOf(value[0]);
  const messages = value.filter((each) => at(each ?? {}, "role") === "user");
  const said = at((messages.at(-1) ?? {}) as Row, "content");
  return typeof said === "string" ? said : null;
}

function answerOf({ name, value }: Found): string {
  const text = textOf(value) ?? "";
  const answer = SOLUTIONS.test(name) ? extractAnswer(text) : statedAnswer(text);
  if (answer === null) throw new RowError(`no final answer can be found in its ${name}`);
  const isLong = answer.length > (answer === text.trim() ? LONGEST_UNMARKED : LONGEST_REFERENCE);
  if (isLong)
    throw new RowError(`its ${name} has ${answer.length} characters and marks no final answer`);
  return answer;
}

/** `5`, `"5"`, `"Level 5"`. */
function levelOf(value: unknown): number | null {
  const [, digits] = /^(?:level\s*)?(\d{1,4})$/i.exec(textOf(value)?.trim() ?? "") ?? [];
  return digits === undefined ? null : Number(digits);
}
