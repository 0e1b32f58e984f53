import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProbeResult } from "../../protocol/connections.ts";
import { FORMAT_PRESETS, presetFor } from "../../protocol/format-presets.ts";
import type { RunningServer } from "../start-server.ts";
import {
  getRun,
  postJson,
  readAll,
  readLog,
  startRun,
  startTestServer,
  testFolder,
} from "../test-server.ts";

const folder = testFolder();
let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer(folder);
}, 60_000);
afterAll(async () => {
  await server.close();
  folder.remove();
});

test("our own endpoint is a policy of our own: searches whose every candidate is a search", async () => {
  const sampled = "sentei/majority-2@scripted";
  await postJson(`${server.url}/api/connections`, {
    ...{ id: "itself", url: `${server.url}/v1`, api: "chat", model: sampled },
    format: presetFor(FORMAT_PRESETS.find(({ id }) => id === "sentei")!, "chat"),
  });
  const probe = (await (
    await postJson(`${server.url}/api/connections/itself/probe`, {})
  ).json()) as ProbeResult;
  expect(probe.ok).toBe(true);

  const { id } = await startRun(server.url, {
    ...{ problem: "(7+5)*9-14*3", policy: `itself/${sampled}`, verifier: null },
    ...{ strategy: { name: "majority", n: 3 }, sampling: { maxStepTokens: 400 } },
  });
  expect(await readAll(server.url, id)).toMatchObject({ ending: "finished" });
  const log = await readLog(server.url, id);
  expect(log.filter(({ type }) => type === "answered")).toHaveLength(3);
  const { answer, use } = await getRun(server.url, id);
  expect(answer).toMatch(/^-?\d+$/);
  // What was spent is what the inner searches say of themselves.
  expect(use.policyTokens).toBeGreaterThan(0);
  const { runs } = (await (await fetch(`${server.url}/api/runs?limit=50`)).json()) as {
    runs: { policy: { name: string } }[];
  };
  const inner = runs.filter(({ policy }) => policy.name === "scripted");
  expect(inner.length).toBeGreaterThanOrEqual(3);
});
