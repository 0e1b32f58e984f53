import { z } from "zod";

/** Most problems that one set keeps, and most rows that it says the fault of. */
export const MOST_SET_PROBLEMS = 20_000;
export const MOST_REFUSED = 200;

/** Longest problem and longest answer, in characters, as runs take them. */
export const LONGEST_PROBLEM = 2_000;
export const LONGEST_REFERENCE = 2_000;

const fieldName = z.string().min(1).max(80);

/** What a set is called, and in which fields of its rows things are where that cannot be guessed. */
export const UploadQuery = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** Names of fields or columns; a dot leads into an object, as in `question.problem`. */
  problem: fieldName.optional(),
  answer: fieldName.optional(),
  level: fieldName.optional(),
  subject: fieldName.optional(),
  id: fieldName.optional(),
});
export type UploadQuery = z.infer<typeof UploadQuery>;

/** One problem of a set. */
export const SetProblem = z.object({
  /** From 0, in the order of the file. */
  index: z.int().nonnegative(),
  /** Line of the file on which the row begins, from 1. */
  line: z.int().positive(),
  problem: z.string().min(1).max(LONGEST_PROBLEM),
  /** The final answer, without the solution that leads to it. */
  answer: z.string().min(1).max(LONGEST_REFERENCE),
  level: z.int().nullable(),
  subject: z.string().nullable(),
  /** What the set itself calls it. */
  id: z.string().nullable(),
});
export type SetProblem = z.infer<typeof SetProblem>;

/** A row that does not fit, and why in one sentence. */
export const RefusedRow = z.object({ line: z.int().positive(), reason: z.string() });
export type RefusedRow = z.infer<typeof RefusedRow>;

/** A set as lists show it. */
export const UploadedSet = z.object({
  id: z.string(),
  name: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  problems: z.int().nonnegative(),
  /** Rows that did not fit. */
  refused: z.int().nonnegative(),
});
export type UploadedSet = z.infer<typeof UploadedSet>;

export const UploadedSetList = z.object({ sets: z.array(UploadedSet) });
export type UploadedSetList = z.infer<typeof UploadedSetList>;

export const SetPageQuery = z.strictObject({
  /** Index of the last problem that is known, −1 for none. */
  after: z.coerce.number().int().min(-1).default(-1),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type SetPageQuery = z.infer<typeof SetPageQuery>;

export const UploadedSetPage = z.object({
  set: UploadedSet,
  problems: z.array(SetProblem),
  /** The first of the rows that did not fit. */
  refused: z.array(RefusedRow),
  /** Pass as `after` for the next page; `null` on the last. */
  next: z.int().nullable(),
});
export type UploadedSetPage = z.infer<typeof UploadedSetPage>;
