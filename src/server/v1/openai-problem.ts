import type { FastifyError, FastifyReply } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { z } from "zod";
import { HttpProblem } from "../../runs/http-problem.ts";

/** What OpenAI's API answers with in the place of problem details; its clients read nothing else. */
export const OpenAiError = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    /** The field that is wrong. */
    param: z.string().nullable(),
    code: z.string().nullable(),
  }),
});
export type OpenAiError = z.infer<typeof OpenAiError>;

/** Ends a request with this status; `param` is the path of the field that is wrong. */
export class OpenAiProblem extends Error {
  override readonly name = "OpenAiProblem";
  readonly status: number;
  readonly param: string | null;
  readonly code: string | null;

  constructor(
    status: number,
    message: string,
    { param = null, code = null }: { param?: string | null; code?: string | null } = {},
  ) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
  }
}

/** For what a client may ask of others and not of this server. */
export function unsupported(param: string, why: string): OpenAiProblem {
  return new OpenAiProblem(400, `${param}: ${why}`, { param, code: "unsupported_parameter" });
}

/** The body for an error. Messages of errors that are not the client's stay here. */
export function errorBody(status: number, { message, param, code }: ErrorWords): OpenAiError {
  const type = status === 429 ? "rate_limit_error" : TYPES[Math.floor(status / 100)]!;
  return { error: { message, type, param: param ?? null, code: code ?? null } };
}

interface ErrorWords {
  readonly message: string;
  readonly param?: string | null;
  readonly code?: string | null;
}

const TYPES: Readonly<Record<number, string>> = { 4: "invalid_request_error", 5: "server_error" };

/** Answers everything that is thrown on the routes of `/v1`. */
export function answerAsOpenAi(error: unknown, reply: FastifyReply): FastifyReply {
  const { status, ...words } = wordsOf(error);
  return reply.code(status).type("application/json").send(errorBody(status, words));
}

/** What a field of a run is in a request: all that a name of a model says is that name. */
const FIELDS: Readonly<Record<string, string>> = {
  ...{ problem: "messages", policy: "model", verifier: "model", strategy: "model" },
};

function wordsOf(error: unknown): ErrorWords & { status: number } {
  if (error instanceof OpenAiProblem) {
    const { status, message, param, code } = error;
    return { status, message, param, code };
  }
  if (error instanceof HttpProblem) {
    const [first] = error.errors;
    // What is wrong with a request is 400 there, whatever it is.
    const status = error.status === 422 ? 400 : error.status;
    const param = first && (FIELDS[first.field] ?? first.field);
    return { status, message: error.message, ...(param !== undefined && { param }) };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const param = first?.instancePath.split("/").filter(Boolean).join(".") || null;
    return { status: 400, message: `${param ?? "body"}: ${first?.message ?? "is wrong"}`, param };
  }
  const { statusCode = 500, message = "" } = error as Partial<FastifyError>;
  if (statusCode < 500) return { status: statusCode, message };
  console.error(error);
  return { status: 500, message: "The server failed at this; its own output says why." };
}
