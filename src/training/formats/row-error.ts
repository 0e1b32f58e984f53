import type { z } from "zod";

/** A row that cannot be used, or cannot be said in another format: which field, and why. */
export class RowError extends Error {
  override readonly name = "RowError";
  /** Path in the row, as `label.steps.2.completions`; empty for the row as a whole. */
  readonly field: string;

  constructor(field: string, reason: string) {
    super(reason);
    this.field = field;
  }
}

/**
 * Holds a value to a schema, and leaves it as it is: keys keep their order, and
 * those that the schema does not know stay. The schema must not transform.
 * Throws a `RowError` for the first thing that is wrong.
 */
export function assertFits<T>(schema: z.ZodType<T>, value: unknown): asserts value is T {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue) throw new RowError(issue.path.join("."), issue.message);
}
