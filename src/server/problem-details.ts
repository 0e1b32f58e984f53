import { STATUS_CODES } from "node:http";
import type { FastifyError } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { ProblemDetails } from "../protocol/runs.ts";
import { type FieldError, HttpProblem } from "../runs/http-problem.ts";

/** The body of an error response (RFC 9457). */
export function problemDetails(
  status: number,
  detail: string,
  errors: readonly FieldError[] = [],
): ProblemDetails {
  return {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail,
    ...(errors.length > 0 && { errors: [...errors] }),
  };
}

/**
 * What to answer when handling a request threw. `sent` holds the parts of the
 * request, so that the values that were refused can be named. Errors that are
 * not the client's are answered with 500 and without their message.
 */
export function detailsOf(
  error: FastifyError | HttpProblem,
  sent: Readonly<Record<string, unknown>>,
): ProblemDetails {
  if (error instanceof HttpProblem) {
    return problemDetails(error.status, error.message, error.errors);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = sent[error.validationContext ?? "body"];
    const errors = error.validation.map(({ instancePath, message = "is not valid" }) => {
      const path = instancePath.split("/").filter((key) => key !== "");
      return { field: path.join(".") || "body", message, ...valueAt(part, path) };
    });
    const [first] = errors;
    return problemDetails(422, first ? `${first.field}: ${first.message}` : error.message, errors);
  }
  const status = error.statusCode ?? 500;
  return status < 500
    ? problemDetails(status, error.message)
    : problemDetails(status, "The server failed at this; its own output says why.");
}

/** Longest text that is sent back, in characters. */
const LONGEST_ECHO = 200;

/** Fields whose values are nobody's to read. */
const SECRETS: ReadonlySet<string | undefined> = new Set(["key"]);

/** The value at the path if it is no secret, and short and plain enough to be sent back. */
function valueAt(sent: unknown, path: readonly string[]): { value?: unknown } {
  if (SECRETS.has(path.at(-1))) return {};
  let value = sent;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return {};
    value = Reflect.get(value, key);
  }
  if (typeof value === "string") return { value: value.slice(0, LONGEST_ECHO) };
  return typeof value === "object" ? {} : { value };
}

const PROBLEM = {
  description: "Why not",
  content: { "application/problem+json": { schema: ProblemDetails } },
};

/** What every route may answer besides what it is for. */
export const ERRORS = { "4xx": PROBLEM, "5xx": PROBLEM } as const;
