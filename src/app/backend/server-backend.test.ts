import { expect, test } from "vitest";
import { ApiError } from "./backend.ts";
import { serverBackend } from "./server-backend.ts";

const SPEC = { problem: "1+2*3", strategy: { name: "greedy" } } as const;

/** Answers every request with the same, and notes what was asked. */
function answering(status: number, body: unknown, asked: Request[] = []): typeof fetch {
  return async (input, init) => {
    asked.push(new Request(new URL(String(input), "http://test"), init));
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status });
  };
}

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

test("what is not asked for is not in the address", async () => {
  const asked: Request[] = [];
  const server = serverBackend({
    fetch: answering(200, { runs: [], total: 0, next: null }, asked),
  });
  await server.runs({ text: "", strategy: "beam" });
  await server.runs({});
  expect(asked.map(({ url }) => url)).toEqual([
    "http://test/api/runs?strategy=beam",
    "http://test/api/runs",
  ]);
});

test("a refusal carries the server's words and the fields that are wrong", async () => {
  const details = {
    type: "about:blank",
    title: "Unprocessable",
    status: 422,
    detail: "The problem cannot be read.",
    errors: [{ field: "problem", message: "expected a number", value: "1+" }],
  };
  const error = await failure(serverBackend({ fetch: answering(422, details) }).startRun(SPEC));
  expect(error.message).toBe("The problem cannot be read.");
  expect(error.status).toBe(422);
  expect(error.details.errors?.[0]?.field).toBe("problem");
});

test("a refusal that is no problem details is told by its status", async () => {
  const error = await failure(
    serverBackend({ fetch: answering(502, "<h1>Bad gateway</h1>") }).models(),
  );
  expect(error.status).toBe(502);
  expect(error.message).toContain("502");
});

test("a server that cannot be reached is status 0", async () => {
  const fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  expect((await failure(serverBackend({ fetch }).models())).status).toBe(0);
});

test.each(["<html>", '{"policies":[]}', ""])(
  "an answer that means nothing here is an error: %j",
  async (body) => {
    const error = await failure(serverBackend({ fetch: answering(200, body) }).models());
    expect(error.message).toContain("/api/models");
  },
);

test("a request that is aborted rejects with its reason, not as a lost connection", async () => {
  const stop = new AbortController();
  const fetch = async () => {
    stop.abort(new Error("left"));
    throw stop.signal.reason;
  };
  const { signal } = stop;
  await expect(serverBackend({ fetch }).problems({}, { signal })).rejects.toThrow("left");
});
