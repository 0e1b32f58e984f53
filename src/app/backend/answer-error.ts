import { ProblemDetails } from "../../protocol/runs.ts";
import { ApiError } from "./backend.ts";

/** The error that a response with an error status stands for. */
export async function apiError(response: Response): Promise<ApiError> {
  const text = await response.text();
  const parsed = ProblemDetails.safeParse(jsonOrNull(text));
  const details = parsed.success
    ? parsed.data
    : problem(
        response.status,
        response.statusText || "Error",
        `The server answered with status ${response.status}.`,
      );
  return new ApiError(details);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Problem details of our own making. */
export function problem(status: number, title: string, detail: string): ProblemDetails {
  return { type: "about:blank", status, title, detail };
}
