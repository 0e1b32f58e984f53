import { expect, test } from "vitest";
import { ApiError, checkProblem, createRun, fetchModels, fetchProblems, fetchRuns } from "./api.ts";

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
  const fetch = answering(200, { runs: [], total: 0, next: null }, asked);
  await fetchRuns({ text: "", strategy: "beam" }, { fetch });
  await fetchRuns({}, { fetch });
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
  const error = await failure(createRun(SPEC, { fetch: answering(422, details) }));
  expect(error.message).toBe("The problem cannot be read.");
  expect(error.status).toBe(422);
  expect(error.details.errors?.[0]?.field).toBe("problem");
});

test("a refusal that is no problem details is told by its status", async () => {
  const error = await failure(fetchModels({ fetch: answering(502, "<h1>Bad gateway</h1>") }));
  expect(error.status).toBe(502);
  expect(error.message).toContain("502");
});

test("a server that cannot be reached is status 0", async () => {
  const fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  expect((await failure(fetchModels({ fetch }))).status).toBe(0);
});

test.each(["<html>", '{"policies":[]}', ""])(
  "an answer that means nothing here is an error: %j",
  async (body) => {
    const error = await failure(fetchModels({ fetch: answering(200, body) }));
    expect(error.message).toContain("/api/models");
  },
);

test("a request that is aborted rejects with its reason, not as a lost connection", async () => {
  const stop = new AbortController();
  const fetch = async () => {
    stop.abort(new Error("left"));
    throw stop.signal.reason;
  };
  await expect(fetchProblems({}, { fetch, signal: stop.signal })).rejects.toThrow("left");
});

test("a problem that is being typed is read as the server would", () => {
  expect(checkProblem("7 + 5*2")).toMatchObject({ ok: true, problem: { family: "expressions" } });
  expect(checkProblem("4 14 9 -> 50")).toMatchObject({
    ok: true,
    problem: { family: "countdown" },
  });
  expect(checkProblem("7+")).toMatchObject({ ok: false, message: expect.any(String) });
});
