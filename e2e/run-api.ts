import { expect } from "@playwright/test";
import { familyOf } from "../src/problems/families.ts";
import { RunEvent, TERMINAL } from "../src/protocol/events.ts";
import { RunList, type RunSpecInput, RunSummary } from "../src/protocol/runs.ts";
import type { ServerProcess } from "./server-process.ts";

/** Sends a JSON body; the answer as it came. */
export function post(server: ServerProcess, path: string, body: unknown): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Starts a run of scripted models unless `spec` says otherwise. */
export async function startRun(
  server: ServerProcess,
  spec: Partial<RunSpecInput> = {},
): Promise<RunSummary> {
  const response = await post(server, "/api/runs", {
    ...{ problem: "(7+5)*9-14*3", strategy: { name: "beam" }, seed: 3 },
    ...{ policy: "scripted", verifier: "scripted" },
    ...spec,
  });
  expect(response.status, await response.clone().text()).toBe(201);
  return RunSummary.parse(await response.json());
}

/** A run that has come to its end. */
export async function finishedRun(
  server: ServerProcess,
  spec: Partial<RunSpecInput> = {},
): Promise<{ id: string; log: RunEvent[] }> {
  const { id } = await startRun(server, spec);
  await expect
    .poll(async () => TERMINAL.has((await readLog(server, id)).at(-1)?.type ?? ""))
    .toBe(true);
  return { id, log: await readLog(server, id) };
}

export async function getRun(server: ServerProcess, id: string): Promise<RunSummary> {
  const response = await fetch(`${server.url}/api/runs/${id}`);
  return RunSummary.parse(await response.json());
}

/** The only run of a server, however it was started. */
export async function onlyRun(server: ServerProcess): Promise<RunSummary> {
  const response = await fetch(`${server.url}/api/runs`);
  const { runs } = RunList.parse(await response.json());
  expect(runs).toHaveLength(1);
  return runs[0]!;
}

/** The durable log, as everybody gets it. */
export async function readLog(server: ServerProcess, id: string): Promise<RunEvent[]> {
  const response = await fetch(`${server.url}/api/runs/${id}/events`, {
    headers: { accept: "application/x-ndjson" },
  });
  const text = await response.text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => RunEvent.parse(JSON.parse(line)));
}

/** A problem whose steps are long: what `scripted-slow` takes some seconds for. */
export const LONG_PROBLEM = longProblem();

function longProblem(): string {
  const family = familyOf("countdown");
  return family.render(
    family.generate({ level: family.levels.at(-1)!, seed: 4, split: "held-out" }),
  );
}
