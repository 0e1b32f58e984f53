import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeServer } from "../../models/remote/fake-server.ts";
import { runOf } from "../../protocol/evaluation-runs.ts";
import {
  EvaluationList,
  EvaluationProblems,
  type EvaluationRow,
  EvaluationRows,
  type EvaluationSpecInput,
  EvaluationState,
} from "../../protocol/evaluations.ts";
import { FORMAT_PRESETS } from "../../protocol/format-presets.ts";
import { RunSummary } from "../../protocol/runs.ts";
import { SCORING_PRESETS } from "../../protocol/scoring.ts";
import type { RunningServer } from "../start-server.ts";
import { getRun, postJson, startTestServer, type TestFolder, testFolder } from "../test-server.ts";

let folder: TestFolder;
let server: RunningServer;
beforeEach(async () => {
  folder = testFolder();
  server = await startTestServer(folder);
});
afterEach(async () => {
  await server.close();
  folder.remove();
});

const SPEC: EvaluationSpecInput = {
  name: "Scripts",
  problems: {
    kind: "generated",
    families: [
      { family: "expressions", count: 12 },
      { family: "countdown", levels: [3], count: 8 },
    ],
  },
  arms: [
    { strategy: { name: "majority" } },
    { strategy: { name: "beam" }, verifier: "checker" },
    { label: "Greedy", strategy: { name: "greedy" } },
  ],
  budgets: [{ solutions: 4 }, { solutions: 8 }],
  seeds: [0, 7],
  ...{ policy: "scripted", verifier: "scripted" },
};

const at = (path: string) => `${server.url}/api/evaluations${path}`;

async function start(change: Partial<EvaluationSpecInput> = {}): Promise<EvaluationState> {
  const response = await postJson(at(""), { ...SPEC, ...change });
  expect(response.status).toBe(201);
  return EvaluationState.parse(await response.json());
}

async function stateOf(id: string): Promise<EvaluationState> {
  return EvaluationState.parse(await (await fetch(at(`/${id}`))).json());
}

async function until(id: string, done: (state: EvaluationState) => boolean) {
  await expect.poll(async () => done(await stateOf(id)), { timeout: 30_000 }).toBe(true);
  return stateOf(id);
}

async function rowsOf(id: string): Promise<EvaluationRow[]> {
  return EvaluationRows.parse(await (await fetch(at(`/${id}/rows`))).json()).rows;
}

const command = (id: string, word: string) => postJson(at(`/${id}/commands`), { command: word });

const withoutClock = (rows: readonly EvaluationRow[]) =>
  rows.map(({ use: { ms: _, ...use }, ...row }) => ({ ...row, use }));

/** Slow enough to be caught in the middle. */
const SLOW: Partial<EvaluationSpecInput> = {
  ...{ policy: "scripted-slow", seeds: [0], budgets: [{ solutions: 4 }] },
  arms: [{ strategy: { name: "greedy" } }],
  problems: { kind: "generated", families: [{ family: "expressions", count: 9 }] },
};

test("an evaluation runs to its end, and its rows can be had as JSON and as a table", async () => {
  const { id, allRows } = await start();
  expect(allRows).toBe(20 * 3 * 2 * 2);
  const state = await until(id, ({ status }) => status === "finished");
  expect(state).toMatchObject({ done: 20, problems: 20, rows: allRows, error: null, left: null });
  const rows = await rowsOf(id);
  expect(rows).toHaveLength(allRows);
  const table = await (await fetch(at(`/${id}/rows.csv`))).text();
  expect(table.trimEnd().split("\r\n")).toHaveLength(allRows + 1);
  const list = EvaluationList.parse(await (await fetch(at(""))).json());
  expect(list.evaluations.map((each) => each.id)).toEqual([id]);
}, 60_000);

test("EV1: the run behind a row says what the row says, and spends what it spends", async () => {
  const { id, spec } = await start();
  await until(id, ({ status }) => status === "finished");
  const { problems } = EvaluationProblems.parse(await (await fetch(at(`/${id}/problems`))).json());
  for (const row of (await rowsOf(id)).filter((_, i) => i % 23 === 0)) {
    const run = runOf(spec, problems[row.problem]!, row);
    const response = await postJson(`${server.url}/api/runs`, run);
    const started = RunSummary.parse(await response.json());
    await expect.poll(async () => (await getRun(server.url, started.id)).status).toBe("finished");
    const { answer, correct, nodes, use } = await getRun(server.url, started.id);
    expect({ answer, correct: correct ?? false, nodes }).toEqual({
      answer: row.answer,
      correct: row.correct,
      nodes: row.nodes,
    });
    expect({ ...use, ms: 0 }).toEqual({ ...row.use, ms: 0 });
  }
}, 60_000);

test("EV2: an evaluation that was stopped, by a person or with the server, goes on to the same rows", async () => {
  const whole = await start(SLOW);
  await until(whole.id, ({ status }) => status === "finished");

  const { id } = await start(SLOW);
  await until(id, ({ done }) => done >= 2);
  expect((await command(id, "cancel")).status).toBe(202);
  const cancelled = await stateOf(id);
  expect(cancelled).toMatchObject({ status: "cancelled", left: null });
  expect(cancelled.done).toBeLessThan(9);
  expect(await rowsOf(id)).toHaveLength(cancelled.rows);
  expect((await command(id, "cancel")).status).toBe(409);

  expect((await command(id, "resume")).status).toBe(202);
  await until(id, ({ done }) => done > cancelled.done);
  await server.close();
  server = await startTestServer(folder);
  const interrupted = await stateOf(id);
  expect(interrupted).toMatchObject({ status: "interrupted" });
  expect(interrupted.done).toBeGreaterThan(cancelled.done);

  expect((await command(id, "resume")).status).toBe(202);
  const finished = await until(id, ({ status }) => status === "finished");
  expect(finished.seconds).toBeGreaterThan(interrupted.seconds);
  expect(withoutClock(await rowsOf(id))).toEqual(withoutClock(await rowsOf(whole.id)));
  expect((await command(id, "resume")).status).toBe(409);
}, 90_000);

test("an evaluation that is over can be deleted with its rows, one that runs cannot", async () => {
  const { id } = await start(SLOW);
  const remove = () => fetch(at(`/${id}`), { method: "DELETE" });
  expect((await remove()).status).toBe(409);
  await until(id, ({ done }) => done >= 1);
  await command(id, "cancel");
  expect((await remove()).status).toBe(204);
  expect((await fetch(at(`/${id}/rows`))).status).toBe(404);
  expect(EvaluationList.parse(await (await fetch(at(""))).json()).evaluations).toEqual([]);
  expect((await remove()).status).toBe(404);
}, 30_000);

test("evaluations wait for each other, and one that waits can be cancelled", async () => {
  const first = await start(SLOW);
  const second = await start(SLOW);
  expect(second.status).toBe("queued");
  await until(first.id, ({ status, left }) => status === "running" && left !== null);
  expect((await command(second.id, "cancel")).status).toBe(202);
  expect(await stateOf(second.id)).toMatchObject({ status: "cancelled", done: 0 });
  await command(first.id, "cancel");
}, 60_000);

const REFUSED: readonly (readonly [field: string, change: object])[] = [
  [
    "problems.families.0.family",
    { problems: { kind: "generated", families: [{ family: "x", count: 1 }] } },
  ],
  [
    "problems.families.0.levels",
    {
      problems: { kind: "generated", families: [{ family: "countdown", levels: [99], count: 1 }] },
    },
  ],
  [
    "problems.families.0.count",
    { problems: { kind: "generated", families: [{ family: "countdown", count: 99_999 }] } },
  ],
  ["problems.problems.1", { problems: { kind: "listed", problems: ["1+1", "1+*"] } }],
  ["problems.set", { problems: { kind: "uploaded", set: "gone" } }],
  ["policy", { policy: "nobody" }],
  ["arms.0.verifier", { arms: [{ strategy: { name: "beam" }, verifier: "x" }] }],
  ["budgets.0", { budgets: [{}] }],
  ["budgets.0", { budgets: [{ ms: 5 }] }],
];

test("what cannot be evaluated is refused with the field", async () => {
  for (const [field, change] of REFUSED) {
    const response = await postJson(at(""), { ...SPEC, ...change });
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect(errors[0]!.field).toBe(field);
  }
});

test("an evaluation there is not is not found", async () => {
  for (const path of ["/x", "/x/rows", "/x/rows.csv", "/x/problems"]) {
    expect((await fetch(at(path))).status).toBe(404);
  }
  expect((await command("x", "cancel")).status).toBe(404);
});

test("connected models are evaluated like those that come along", async () => {
  const fake = await startFakeServer({ family: "vllm" });
  try {
    const [{ format }] = FORMAT_PRESETS as [(typeof FORMAT_PRESETS)[number]];
    const [{ scoring }] = SCORING_PRESETS as [(typeof SCORING_PRESETS)[number]];
    const { url } = fake;
    const policy = { id: "mine", url, api: "completions", model: "m", format };
    const verifier = { id: "prm", url, role: "verifier", model: "p", scoring };
    for (const each of [policy, verifier]) {
      expect((await postJson(`${server.url}/api/connections`, each)).status).toBe(200);
    }
    const { id } = await start({
      problems: { kind: "listed", problems: ["1+2*3", "2+3*4"] },
      arms: [{ strategy: { name: "bestOfN" } }, { strategy: { name: "majority" } }],
      ...{ budgets: [{ solutions: 3 }], seeds: [0] },
      ...{ policy: "mine/m", verifier: "prm/p", sampling: { maxStepTokens: 200 } },
    });
    const done = await until(id, ({ status }) => status === "finished");
    expect(done.models[0]).toMatchObject({
      policy: { name: "mine/m" },
      verifier: { name: "prm/p" },
    });
    const { rows } = EvaluationRows.parse(await (await fetch(at(`/${id}/rows`))).json());
    expect(rows).toHaveLength(4);
    for (const row of rows)
      expect(row).toMatchObject({ status: "finished", answers: expect.any(Number) });
    expect(rows[0]!.use.prmCalls).toBe(3);
    expect(rows[0]!.use.policyTokens).toBeGreaterThan(0);
  } finally {
    await fake.close();
  }
});
