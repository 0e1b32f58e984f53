import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunSummary } from "../protocol/runs.ts";
import type { RunningServer } from "./start-server.ts";
import { postJson, readAll, readLog, startTestServer, testFolder } from "./test-server.ts";

const folder = testFolder();
let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer(folder);
}, 60_000);
afterAll(async () => {
  await server.close();
  folder.remove();
});

const right = { steps: ["12*9-14*3", "108-42", "66"], answer: "66", scores: [0.9, 0.9, 0.8] };
const wrong = { steps: ["12*9-14*3", "108-52", "56"], answer: "56", scores: [0.9, 0.2, 0.1] };
const trace = {
  ...{ problem: "(7+5)*9-14*3", family: "expressions" },
  ...{ attempts: [right, wrong], about: "a model at 2M tokens" },
};

const send = (change: object = {}) => postJson(`${server.url}/api/traces`, { ...trace, ...change });

test("recorded attempts are a finished run, listed and followed as any other, after a restart too", async () => {
  const response = await send();
  const run = (await response.json()) as RunSummary;
  expect(response.status).toBe(201);
  expect(response.headers.get("location")).toBe(`/api/runs/${run.id}`);
  expect(run).toMatchObject({
    ...{ status: "finished", nodes: 7, answer: "66", correct: true },
    problem: { family: "expressions", text: trace.problem },
    strategy: { name: "bestOfN", n: 2 },
    policy: { name: "replayed a model at 2M tokens" },
    verifier: { name: "replayed" },
    use: { policyTokens: 0, prmCalls: 0 },
  });
  const log = await readLog(server.url, run.id);
  expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: run.lastSeq + 1 }, (_, i) => i));
  expect((await readAll(server.url, run.id)).ending).toBe("finished");

  await server.close();
  server = await startTestServer(folder);
  expect(await readLog(server.url, run.id)).toEqual(log);
  const list = await (await fetch(`${server.url}/api/runs`)).json();
  expect(list).toMatchObject({ runs: [{ id: run.id, status: "finished" }] });
});

test("attempts without scores are a plain vote, and one that never ended is cut off", async () => {
  const attempts = [
    { ...right, scores: null },
    { ...wrong, answer: null, scores: null },
  ];
  const run = (await (await send({ attempts })).json()) as RunSummary;
  expect(run).toMatchObject({ strategy: { name: "majority", n: 2 }, verifier: null, answer: "66" });
  const pruned = (await readLog(server.url, run.id)).find(({ type }) => type === "pruned");
  expect(pruned).toMatchObject({ nodes: [{ reason: "invalid" }] });
});

test.each([
  ["problem", { problem: "(7+5" }],
  ["family", { family: "countdown" }],
  ["attempts", { attempts: [] }],
  ["attempts", { attempts: Array.from({ length: 65 }, () => right) }],
  ["attempts.0.scores", { attempts: [{ ...right, scores: [0.9] }] }],
  ["attempts.0.scores.0", { attempts: [{ ...right, scores: [1.5, 0.9, 0.8] }] }],
  ["attempts.0.steps", { attempts: [{ ...right, steps: [], scores: [] }] }],
  ["attempts.0.steps", { attempts: [{ ...right, steps: Array(65).fill("1"), scores: null }] }],
  ["about", { about: "  " }],
])("a trace with a bad %s is refused by that name", async (field, change) => {
  const response = await send(change);
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ errors: [{ field }] });
});
