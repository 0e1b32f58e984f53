import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeServer, startFakeServer } from "../../models/remote/fake-server.ts";
import type {
  Connection,
  ConnectionInput,
  PolicySpec,
  ProbeResult,
  VerifierSpec,
} from "../../protocol/connections.ts";
import { FORMAT_PRESETS, presetFor } from "../../protocol/format-presets.ts";
import type { ModelList, ProblemDetails } from "../../protocol/runs.ts";
import { SCORING_PRESETS } from "../../protocol/scoring.ts";
import type { RunningServer } from "../start-server.ts";
import {
  getRun,
  postJson,
  readAll,
  readLog,
  startRun,
  startTestServer,
  type TestFolder,
  testFolder,
} from "../test-server.ts";
import { guardedFetch } from "./guarded-fetch.ts";

const KEY = "sk-0123456789abcdef";
const PROBLEM = "How many legs do a cat and a hen have?";

let folder: TestFolder;
let server: RunningServer;
let fake: FakeServer;
beforeEach(async () => {
  folder = testFolder();
  server = await startTestServer(folder);
  fake = await startFakeServer({ family: "vllm", key: KEY });
});
afterEach(async () => {
  await server.close();
  await fake.close();
  folder.remove();
});

const inputOf = (change: Partial<PolicySpec & { key: string }> = {}): ConnectionInput => ({
  ...{ id: "my-server", url: fake.url, api: "completions", model: "qwen", key: KEY },
  ...{ format: FORMAT_PRESETS[0]!.format, ...change },
});

async function post<T>(where: string, body: unknown): Promise<T> {
  return (await (await postJson(server.url + where, body)).json()) as T;
}

test("a server is connected, probed, and searched with by its name", async () => {
  const saved = await post<Connection>("/api/connections", inputOf());
  expect(saved).toMatchObject({ id: "my-server", key: "stored", capabilities: null });
  const probed = await post<ProbeResult>("/api/connections/my-server/probe", {});
  expect(probed).toMatchObject({
    ...{ ok: true, connection: { key: "stored", capabilities: { continues: "text" } } },
  });
  const models = (await (await fetch(`${server.url}/api/models`)).json()) as ModelList;
  expect(models.policies.at(-1)).toMatchObject({
    ...{ name: "my-server/qwen", remote: { maxStepTokens: 512, whole: null } },
  });

  const run = await startRun(server.url, {
    ...{ problem: PROBLEM, strategy: { name: "majority", n: 5 }, verifier: null },
    ...{ policy: "my-server/qwen", sampling: { maxStepTokens: 200 } },
  });
  expect(run.problem).toEqual({ family: null, text: PROBLEM, level: null });
  expect(await readAll(server.url, run.id)).toMatchObject({ ending: "finished" });
  expect(await getRun(server.url, run.id)).toMatchObject({ answer: "66", correct: null });
});

test("K4: a key is in no answer, no log and no error, whatever the server does with it", async () => {
  const answers = [
    await (await postJson(`${server.url}/api/connections`, inputOf())).text(),
    await (await fetch(`${server.url}/api/connections`)).text(),
    await (await postJson(`${server.url}/api/connections/my-server/probe`, {})).text(),
    await (await fetch(`${server.url}/api/models`)).text(),
    await (await postJson(`${server.url}/api/connections`, inputOf({ url: "nowhere" }))).text(),
    await (
      await postJson(`${server.url}/api/connections`, { ...inputOf(), key: `${KEY} ` })
    ).text(),
  ];
  fake.misbehave({ kind: "echo key" });
  const run = await startRun(server.url, {
    ...{ problem: PROBLEM, strategy: { name: "greedy" }, verifier: null, policy: "my-server/qwen" },
  });
  await readAll(server.url, run.id);
  const log = await readLog(server.url, run.id);
  expect(log.at(-1)).toMatchObject({
    ...{ type: "failed", fault: "refused", error: "my-server: answered 400: you sent Bearer •••" },
  });
  answers.push(JSON.stringify(log), JSON.stringify(await getRun(server.url, run.id)));
  for (const answer of answers) expect(answer).not.toContain(KEY);
  await server.close();
  for (const file of readdirSync(folder.data, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    expect(readFileSync(path.join(file.parentPath, file.name)).includes(KEY)).toBe(false);
  }
  server = await startTestServer(folder);
});

const verifierOf = (change: Partial<VerifierSpec> = {}): ConnectionInput => ({
  ...{ id: "my-prm", role: "verifier", url: fake.url, model: "prm", key: KEY },
  ...{ scoring: SCORING_PRESETS[0]!.scoring, ...change },
});

test("a verifier is connected, tested, and steers a search by its name", async () => {
  await post("/api/connections", inputOf());
  const saved = await post<Connection>("/api/connections", verifierOf());
  expect(saved).toMatchObject({ id: "my-prm", role: "verifier", key: "stored", selfTest: null });
  const tested = await post<ProbeResult>("/api/connections/my-prm/self-test", {});
  const inOrder = { inOrder: true };
  expect(tested).toMatchObject({
    ok: true,
    connection: { selfTest: { cases: [inOrder, inOrder, inOrder], prmCalls: 6 } },
  });
  const models = (await (await fetch(`${server.url}/api/models`)).json()) as ModelList;
  expect(models.verifiers.at(-1)).toMatchObject({ name: "my-prm/prm", remote: { whole: null } });
  expect(models.policies.at(-1)).toMatchObject({ name: "my-server/qwen" });

  const run = await startRun(server.url, {
    ...{ problem: PROBLEM, strategy: { name: "beam", n: 4, m: 2 }, verifier: "my-prm/prm" },
    ...{ policy: "my-server/qwen", sampling: { maxStepTokens: 200 } },
  });
  expect(await readAll(server.url, run.id)).toMatchObject({ ending: "finished" });
  const done = await getRun(server.url, run.id);
  expect(done).toMatchObject({ answer: "66", verifier: { name: "my-prm/prm" } });
  expect(done.use.prmTokens).toBeGreaterThan(0);
});

test("a verifier that breaks its word is told of in words, and a run with it fails by name", async () => {
  await post("/api/connections", inputOf());
  await post("/api/connections", verifierOf());
  fake.misbehave(...Array.from({ length: 6 }, () => ({ kind: "miscount" }) as const));
  const tested = await post<ProbeResult>("/api/connections/my-prm/self-test", {});
  expect(tested).toMatchObject({ ok: false, fault: "unscored" });
  fake.misbehave({ kind: "null score" });
  const run = await startRun(server.url, {
    ...{ problem: PROBLEM, strategy: { name: "bestOfN", n: 1 }, policy: "scripted" },
    ...{ problem: "1+2", verifier: "my-prm/prm" },
  });
  await readAll(server.url, run.id);
  expect((await readLog(server.url, run.id)).at(-1)).toMatchObject({
    ...{ type: "failed", fault: "bad_number", error: expect.stringContaining("my-prm") },
  });
});

test("what a connection is not is refused: a verifier as policy, a probe of it, signs that are one", async () => {
  await post("/api/connections", verifierOf());
  await post("/api/connections", inputOf());
  const asPolicy = await postJson(`${server.url}/api/runs`, {
    ...{ problem: "1+2", strategy: { name: "greedy" }, verifier: null, policy: "my-prm/prm" },
  });
  expect(((await asPolicy.json()) as ProblemDetails).errors![0]!.field).toBe("policy");
  expect((await postJson(`${server.url}/api/connections/my-prm/probe`, {})).status).toBe(409);
  expect((await postJson(`${server.url}/api/connections/my-server/self-test`, {})).status).toBe(
    409,
  );
  const signs = SCORING_PRESETS.find(({ scoring }) => scoring.kind === "signs")!.scoring;
  const one = await postJson(`${server.url}/api/connections`, {
    ...verifierOf(),
    scoring: { ...signs, bad: (signs as { good: number }).good },
  });
  expect(((await one.json()) as ProblemDetails).errors![0]!.field).toBe("scoring.bad");
});

test.each<[string, object, string]>([
  ["a scheme", { url: "ftp://127.0.0.1" }, "url"],
  ["a file", { url: "file:///etc/passwd" }, "url"],
  ["an address of secrets", { url: "http://169.254.169.254/latest" }, "url"],
  ["one in disguise", { url: "http://[::ffff:a9fe:a9fe]/" }, "url"],
  ["one as a number", { url: "http://2852039166/" }, "url"],
  ["a private network", { url: "http://10.0.0.1/v1" }, "url"],
  ["a password in a URL", { url: "http://me:secret@127.0.0.1/v1" }, "url"],
  [
    "a pattern",
    { format: { ...FORMAT_PRESETS[0]!.format, delimiter: { kind: "pattern", pattern: "(" } } },
    "format.delimiter.pattern",
  ],
  [
    "a template",
    { format: { ...FORMAT_PRESETS[0]!.format, template: "server" } },
    "format.template",
  ],
  ["an id", { id: "My Server" }, "id"],
  ["a field", { extra: 1 }, "body"],
])("%s that will not do is refused with its field", async (_, change, field) => {
  const response = await postJson(`${server.url}/api/connections`, { ...inputOf(), ...change });
  expect(response.status).toBe(422);
  const { errors } = (await response.json()) as ProblemDetails;
  expect(errors![0]!.field).toBe(field);
});

test("a private network is called only by who allows it, by whatever name it goes", async () => {
  const closed = guardedFetch({ allowPrivate: false });
  await expect(closed("http://10.0.0.1:1/", {})).rejects.toMatchObject({
    fault: "forbidden_address",
  });
  await expect(closed("http://169.254.169.254/", {})).rejects.toThrow("no model server has");
  const local = await closed(fake.url.replace("127.0.0.1", "localhost"), {});
  expect(local.status).toBe(401);
});

test("K5: a redirect is not followed", async () => {
  await post("/api/connections", inputOf());
  fake.misbehave({ kind: "redirect", to: "http://127.0.0.1:1/" });
  const probed = await post<ProbeResult>("/api/connections/my-server/probe", {});
  expect(probed).toMatchObject({ ok: false, fault: "redirected" });
});

test("what cannot go on from steps refuses the strategies that do, with the reason", async () => {
  await post(
    "/api/connections",
    inputOf({ api: "chat", format: presetFor(FORMAT_PRESETS[0]!, "chat") }),
  );
  const response = await postJson(`${server.url}/api/runs`, {
    ...{
      problem: "1+2",
      strategy: { name: "beam" },
      policy: "my-server/qwen",
      verifier: "checker",
    },
  });
  expect(response.status).toBe(422);
  const { errors } = (await response.json()) as ProblemDetails;
  expect(errors![0]).toMatchObject({
    ...{ field: "strategy", message: expect.stringContaining("nobody has probed") },
  });
});

test("problems that nobody knows are refused by models that know a few", async () => {
  const ask = (change: object) =>
    postJson(`${server.url}/api/runs`, {
      ...{ problem: PROBLEM, strategy: { name: "bestOfN" }, verifier: "checker", ...change },
    });
  await post("/api/connections", inputOf());
  const [embedded, judged] = await Promise.all([
    ask({ policy: "scripted" }),
    ask({ policy: "my-server/qwen" }),
  ]);
  expect(((await embedded.json()) as ProblemDetails).errors![0]!.field).toBe("problem");
  expect(((await judged.json()) as ProblemDetails).errors![0]).toMatchObject({
    ...{ field: "verifier", message: expect.stringContaining("none of these") },
  });
});

test("a connection is forgotten with its key", async () => {
  await post("/api/connections", inputOf());
  const remove = () => fetch(`${server.url}/api/connections/my-server`, { method: "DELETE" });
  expect((await remove()).status).toBe(204);
  expect((await remove()).status).toBe(404);
  expect((await postJson(`${server.url}/api/connections/my-server/probe`, {})).status).toBe(404);
});
