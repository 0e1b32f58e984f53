import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FAMILIES } from "../problems/families.ts";
import type { CommandInput, RunList, RunSummary } from "../protocol/runs.ts";
import type { RunningServer } from "./start-server.ts";
import {
  follow,
  getRun,
  postJson,
  rawRequest,
  readAll,
  readLog,
  specOf,
  startRun,
  startTestServer,
  testFolder,
} from "./test-server.ts";

const folder = testFolder();
let server: RunningServer;
let url: string;

beforeAll(async () => {
  server = await startTestServer(folder, { nodes: 50_000 });
  url = server.url;
}, 60_000);
afterAll(async () => {
  await server.close();
  folder.remove();
});

function command(id: string, body: CommandInput): Promise<Response> {
  return postJson(`${url}/api/runs/${id}/commands`, body);
}

/** Ends as soon as the run's stream has an event of this type. */
async function seen(id: string, type: string): Promise<void> {
  for await (const { data } of follow(url, id)) {
    if (data.includes(`"type":"${type}"`)) return;
  }
  throw new Error(`run ${id} has no event ${type}`);
}

test("a started run is created with its place, and its summary says at the end what its log says", async () => {
  const response = await postJson(`${url}/api/runs`, specOf());
  expect(response.status).toBe(201);
  const run = (await response.json()) as RunSummary;
  expect(response.headers.get("location")).toBe(`/api/runs/${run.id}`);
  expect(run).toMatchObject({
    status: "queued",
    problem: { family: "expressions", text: "(7+5)*9-14*3", level: 4 },
    strategy: { name: "beam", n: 16, m: 4 },
    policy: { name: "scripted", revision: "1" },
    verifier: { name: "scripted", revision: "1" },
  });
  await readAll(url, run.id);
  const log = await readLog(url, run.id);
  const { nodes, ...end } = await getRun(url, run.id);
  const find = (type: string) => log.findLast((event) => event.type === type);
  const { answer, correct } = find("selected") as unknown as RunSummary;
  const { use } = find("finished") as unknown as RunSummary;
  expect(end).toMatchObject({ status: "finished", answer, correct, use, lastSeq: log.length - 1 });
  const announced = log.flatMap((event) => ("kids" in event ? [Number(event.kids)] : []));
  expect(nodes).toBe(1 + announced.reduce((sum, kids) => sum + kids));
  expect(log[0]).toMatchObject({ type: "started", producer: "sentei@0.1.0", run: run.id });
});

test("R6: the same spec gives the same log, clock and id apart", async () => {
  const logs = await Promise.all(
    [1, 2].map(async () => {
      const { id } = await startRun(url, { strategy: { name: "bestOfN", n: 8 } });
      await readAll(url, id);
      const text = JSON.stringify(await readLog(url, id));
      return text.replaceAll(id, "run").replaceAll(/"(t|ms)":[\d.]+/g, "");
    }),
  );
  expect(logs[0]).toBe(logs[1]);
});

test("a run goes on with a conversation, says so in its log, and refuses one that makes no sense", async () => {
  const turn = { problem: " ( 7 + 5 ) * 9 ", answer: "108", reasoningTokens: 20 };
  const { id } = await startRun(url, { earlier: [turn] });
  await readAll(url, id);
  const [started] = await readLog(url, id);
  expect(started).toMatchObject({ earlier: [{ ...turn, problem: "(7+5)*9" }] });
  const first = await startRun(url);
  await readAll(url, first.id);
  expect((await readLog(url, first.id))[0]).not.toHaveProperty("earlier");

  const refused = await postJson(`${url}/api/runs`, {
    ...{ problem: "1+2", strategy: { name: "greedy" }, policy: "scripted" },
    earlier: [turn, { ...turn, problem: "1+" }],
  });
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ errors: [{ field: "earlier.1.problem" }] });
});

test("runs are listed newest first, filtered and in pages", async () => {
  const ids: string[] = [];
  for (const seed of [1, 2, 3]) {
    const { id } = await startRun(url, {
      problem: "4 14 9 -> 50",
      strategy: { name: "greedy" },
      seed,
    });
    ids.unshift(id);
    await readAll(url, id);
  }
  const list = async (query: string) =>
    (await (await fetch(`${url}/api/runs${query}`)).json()) as RunList;
  const filter = "family=countdown&strategy=greedy&text=14%209&status=finished";
  const first = await list(`?${filter}&limit=2`);
  expect(first.runs.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(first.total).toBe(3);
  const second = await list(`?${filter}&limit=2&before=${first.next}`);
  expect(second.runs.map(({ id }) => id)).toEqual(ids.slice(2));
  expect(second.next).toBeNull();
  expect((await list("")).runs[0]?.id).toBe(ids[0]);
  expect((await fetch(`${url}/api/runs?limit=0`)).status).toBe(422);
  expect((await fetch(`${url}/api/runs?nonsense=1`)).status).toBe(422);
});

test("a run that does not exist is 404 whatever is asked of it", async () => {
  for (const answer of [
    await fetch(`${url}/api/runs/nobody`),
    await fetch(`${url}/api/runs/nobody/events`),
    await command("nobody", { command: "pause" }),
    await fetch(`${url}/api/runs/${"x".repeat(64)}`),
    await fetch(`${url}/api/runs/..%2f..%2fetc%2fpasswd`),
    await fetch(`${url}/api/nothing`),
    await fetch(`${url}/nothing`),
  ]) {
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await answer.json()).toMatchObject({ status: 404, title: "Not Found" });
  }
});

describe("a spec that cannot run is refused with the field and its value", () => {
  test.each<[string, object, string, RegExp]>([
    ["a problem that cannot be read", { problem: "(7+5*9" }, "problem", /never closed/],
    ["an unsolvable problem", { problem: "1 1 1 -> 999" }, "problem", /999/],
    ["no problem", { problem: "" }, "problem", /./],
    ["a problem that is no text", { problem: 7 }, "problem", /string/],
    ["an unknown policy", { policy: "gpt" }, "policy", /no policy is called "gpt".*scripted/],
    ["an unknown verifier", { verifier: "oracle" }, "verifier", /no verifier.*checker/],
    ["no verifier for beam", { verifier: null }, "verifier", /beam decides by scores/],
    ["too wide a search", { strategy: { name: "majority", n: 1025 } }, "strategy.n", /1024/],
    ["too many nodes", { strategy: { name: "majority", n: 1024 } }, "strategy", /65536.*50000/],
    ["an unknown strategy", { strategy: { name: "magic" } }, "strategy.name", /./],
    ["an unknown parameter", { strategy: { name: "greedy", n: 2 } }, "strategy", /n/],
    ["a negative seed", { seed: -1 }, "seed", />=0/],
    ["too large a budget", { budget: { policyTokens: 1e10 } }, "budget.policyTokens", /./],
    ["a budget of nothing", { budget: { solutions: 0 } }, "budget.solutions", />0/],
    ["a long wall time", { budget: { ms: 86_400_001 } }, "budget.ms", /./],
    ["an unknown field", { nodes: 5 }, "body", /nodes/],
    ["hot sampling", { sampling: { temperature: 9 } }, "sampling.temperature", /<=5/],
  ])("%s", async (_, change, field, message) => {
    const before = ((await (await fetch(`${url}/api/runs`)).json()) as RunList).total;
    const response = await postJson(`${url}/api/runs`, { ...specOf(), ...change });
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    const { errors, detail } = (await response.json()) as {
      detail: string;
      errors: { field: string; message: string; value?: unknown }[];
    };
    expect(errors[0]?.field).toBe(field);
    expect(errors[0]?.message).toMatch(message);
    expect(detail).toContain(errors[0]?.message);
    const [key = ""] = field.split(".");
    const sent = Reflect.get(change, key);
    if (sent !== undefined && typeof sent !== "object") expect(errors[0]?.value).toBe(sent);
    expect(((await (await fetch(`${url}/api/runs`)).json()) as RunList).total).toBe(before);
  });

  test("a problem that goes wrong somewhere is told where", async () => {
    for (const [path, field] of [
      ["runs", "problem"],
      ["problems/check", "text"],
    ]) {
      const body = field === "text" ? { text: "12*9-$" } : specOf({ problem: "12*9-$" });
      const response = await postJson(`${url}/api/${path}`, body);
      expect(response.status).toBe(422);
      const { errors } = (await response.json()) as { errors: object[] };
      expect(errors[0]).toMatchObject({ field, value: "12*9-$", at: 5 });
    }
  });
});

test("strategies that do not score need no verifier and get none", async () => {
  const { id, verifier } = await startRun(url, {
    strategy: { name: "greedy" },
    verifier: "absent",
  });
  expect(verifier).toBeNull();
  await readAll(url, id);
  const [started] = await readLog(url, id);
  expect(started).toMatchObject({ verifier: null });
});

test("what is no JSON object of the right type and size is refused before it is looked at", async () => {
  const { host } = new URL(url);
  const post = (type: string | null, body: string) =>
    rawRequest(`${url}/api/runs`, {
      method: "POST",
      headers: [
        ...["host", host, "content-length", String(Buffer.byteLength(body))],
        ...(type === null ? [] : ["content-type", type]),
      ],
      body,
    });
  const json = JSON.stringify(specOf());
  const form = "application/x-www-form-urlencoded";
  for (const type of ["text/plain", form, "multipart/form-data; boundary=x", "text/json", null]) {
    expect((await post(type, json)).status, String(type)).toBe(415);
  }
  const big = JSON.stringify({ ...specOf(), padding: "x".repeat(1 << 20) });
  expect((await post("application/json", big)).status).toBe(413);
  for (const broken of ["{", "", "nul", '{"problem":}']) {
    expect((await post("application/json", broken)).status, broken).toBe(400);
  }
  for (const shape of ["null", "[]", "7", '"text"', "{}"]) {
    expect((await post("application/json", shape)).status, shape).toBe(422);
  }
  const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
  expect((await post("application/json", deep)).status).toBe(422);
});

test("no body changes the prototype of objects", async () => {
  const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
  const { host } = new URL(url);
  const evil = [
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"problem":"1+2","strategy":{"name":"greedy","__proto__":{"polluted":1}}}',
    '{"text":"1+2","__proto__":{"polluted":1}}',
  ];
  for (const body of evil) {
    for (const path of ["/api/runs", "/api/problems/check", "/api/runs/x/commands"]) {
      const { status } = await rawRequest(url + path, {
        method: "POST",
        headers: ["host", host, "content-type", "application/json"],
        body,
      });
      expect(status).toBe(400);
    }
  }
  for (const query of [
    "__proto__[polluted]=1",
    "constructor.prototype.polluted=1",
    "__proto__=1",
  ]) {
    expect((await fetch(`${url}/api/runs?${query}`)).status).toBe(422);
  }
  expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test("a run is paused, stepped, resumed and cancelled as its log then says, and refuses what makes no sense", async () => {
  const { id } = await startRun(url, { policy: "scripted-slow" });
  await seen(id, "proposed");
  expect((await command(id, { command: "resume" })).status).toBe(409);
  expect((await command(id, { command: "step" })).status).toBe(409);
  expect((await command(id, { command: "pause" })).status).toBe(202);
  const again = await command(id, { command: "pause" });
  expect(again.status).toBe(409);
  expect(await again.text()).toContain("takes resume, step, cancel, not pause");
  await seen(id, "paused");
  const { lastSeq } = await getRun(url, id);
  expect((await getRun(url, id)).status).toBe("paused");

  expect((await command(id, { command: "step" })).status).toBe(202);
  await seen(id, "steered");
  expect((await command(id, { command: "step", to: "round" })).status).toBe(202);
  expect((await command(id, { command: "resume" })).status).toBe(202);
  await seen(id, "resumed");
  expect((await command(id, { command: "cancel" })).status).toBe(202);
  const { events, ending } = await readAll(url, id);
  expect(ending).toBe("cancelled");
  expect(events.length).toBeGreaterThan(lastSeq);
  const steering = events.filter(({ type }) =>
    ["paused", "steered", "resumed", "cancelled"].includes(type),
  );
  expect(steering.map(({ type }) => type)).toEqual(
    ["paused", "steered", "steered", "resumed", "cancelled"]
      .slice(0, steering.length - 1)
      .concat("cancelled"),
  );
  for (const name of ["pause", "resume", "step", "cancel"] as const) {
    const late = await command(id, { command: name });
    expect(late.status).toBe(409);
    expect(await late.text()).toContain("cancelled and takes no commands");
  }
  expect((await postJson(`${url}/api/runs/${id}/commands`, { command: "explode" })).status).toBe(
    422,
  );
});

test("a run that starts paused has nothing but its start, and goes on when it is told", async () => {
  const { id } = await startRun(url, { paused: true });
  await seen(id, "paused");
  expect((await readLog(url, id)).map(({ type }) => type)).toEqual(["started", "paused"]);
  expect((await getRun(url, id)).status).toBe("paused");
  await command(id, { command: "resume" });
  expect((await readAll(url, id)).ending).toBe("finished");
});

test("nothing that is only asked for changes anything", async () => {
  const { id } = await startRun(url, { paused: true });
  await seen(id, "paused");
  const before = await (await fetch(`${url}/api/runs`)).text();
  const paths = [
    "runs",
    `runs/${id}`,
    `runs/${id}/commands`,
    "problems/check",
    "problems",
    "models",
  ];
  for (const path of paths) {
    for (const method of ["GET", "HEAD", "OPTIONS"]) await fetch(`${url}/api/${path}`, { method });
    await fetch(`${url}/api/${path}?command=cancel&problem=1%2B2`);
  }
  expect(await (await fetch(`${url}/api/runs`)).text()).toBe(before);
  await command(id, { command: "cancel" });
});

test("so many runs search at a time, so many wait their turn, and one more is refused with the reason", async () => {
  const small = testFolder();
  const other = await startTestServer(small, { running: 1, waiting: 2 });
  try {
    const slow = { policy: "scripted-slow" };
    const first = await startRun(other.url, slow);
    const second = await startRun(other.url, slow);
    const third = await startRun(other.url, { seed: 9 });
    const refused = await postJson(`${other.url}/api/runs`, specOf());
    expect(refused.status).toBe(429);
    expect(await refused.text()).toContain("1 search, 0 are paused, 2 wait");

    const commandsOf = (id: string) => `${other.url}/api/runs/${id}/commands`;
    expect((await postJson(commandsOf(second.id), { command: "pause" })).status).toBe(409);
    expect((await postJson(commandsOf(second.id), { command: "cancel" })).status).toBe(202);
    const cancelled = await readAll(other.url, second.id);
    expect(cancelled.events.map(({ type }) => type)).toEqual(["started", "cancelled"]);
    expect((await getRun(other.url, third.id)).status).toBe("queued");

    // A paused run gives its turn to the next.
    await postJson(commandsOf(first.id), { command: "pause" });
    expect((await readAll(other.url, third.id)).ending).toBe("finished");
    await postJson(commandsOf(first.id), { command: "resume" });
    expect((await readAll(other.url, first.id)).ending).toBe("finished");
    await startRun(other.url);
  } finally {
    await other.close();
    small.remove();
  }
});

test("models and problems are listed, problems the same for the same seed", async () => {
  const get = async (path: string) => (await fetch(`${url}/api/${path}`)).json();
  const models = (await get("models")) as {
    policies: { name: string }[];
    verifiers: { name: string }[];
  };
  expect(models.policies.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["scripted", "scripted-slow"]),
  );
  expect(models.verifiers.map(({ name }) => name)).toEqual(["checker", "scripted"]);
  type Made = {
    families: { name: string }[];
    problems: { family: string; level: number; text: string }[];
  };
  const all = (await get("problems?count=2")) as Made;
  expect(all.families.map(({ name }) => name)).toEqual(FAMILIES.map(({ name }) => name));
  expect(all.problems.length).toBe(2 * FAMILIES.flatMap(({ levels }) => levels).length);
  const some = (await get("problems?family=countdown&level=4&seed=7&count=3")) as Made;
  expect(some.problems.map(({ family, level }) => [family, level])).toEqual(
    Array.from({ length: 3 }, () => ["countdown", 4]),
  );
  expect(await get("problems?family=countdown&level=4&seed=7&count=3")).toEqual(some);
  for (const { text, family, level } of [...all.problems, ...some.problems]) {
    const checked = await postJson(`${url}/api/problems/check`, { text: ` ${text} ` });
    expect(await checked.json()).toEqual({ text, family, level });
  }
  for (const query of [
    "family=chess",
    "level=99",
    "family=countdown&level=7",
    "count=51",
    "seed=-1",
  ]) {
    expect((await fetch(`${url}/api/problems?${query}`)).status).toBe(422);
  }
});
