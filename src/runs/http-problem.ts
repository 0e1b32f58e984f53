import type { ProblemDetails } from "../protocol/runs.ts";

export type FieldError = NonNullable<ProblemDetails["errors"]>[number];

/** Ends a request with this status and, for the person who sent it, this sentence (RFC 9457, without its title). */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: number;
  readonly errors: readonly FieldError[];

  constructor(status: number, detail: string, errors: readonly FieldError[] = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

/** 422 about one field: a path with dots, as in `strategy.n`. */
export function fieldProblem(error: FieldError): HttpProblem {
  return new HttpProblem(422, `${error.field}: ${error.message}`, [error]);
}
