import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { RunEvent } from "../protocol/events.ts";
import { readRunLink, writeRunLink } from "../protocol/run-link.ts";
import { RunSpec, type RunSpecInput } from "../protocol/runs.ts";
import { record } from "../search/record.ts";
import { acceptRun } from "./accept-run.ts";
import { HttpProblem } from "./http-problem.ts";
import { type ModelHost, modelHost } from "./model-host.ts";
import { searchFacts } from "./search-facts.ts";

const QUESTION = "Ann has 3 hats and buys 4. How many has she?";
const LIMITS = { nodes: 100_000 };

function specOf(change: Partial<RunSpecInput> = {}): RunSpec {
  return RunSpec.parse({
    ...{ problem: QUESTION, reference: "3+4=7\n#### 7", strategy: { name: "majority", n: 16 } },
    ...{ policy: "scripted", verifier: null, seed: 3 },
    ...change,
  });
}

function scriptedHost(): ModelHost {
  const load = () => {
    throw new Error("no weights are needed");
  };
  const breathe = () => setImmediate();
  return modelHost({ cards: () => [], kernel: {} as WebAssembly.Module, load, breathe });
}

async function logOf(spec: RunSpec, host = scriptedHost()): Promise<RunEvent[]> {
  const { signal } = new AbortController();
  const clock = () => 0;
  const facts = searchFacts(spec, { host, signal, producer: "sentei@test", elapsedMs: clock });
  const events: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock, signal })) events.push(event);
  return events;
}

test("P16: a run with a reference answer is graded by it, and its log says by what", async () => {
  const log = await logOf(specOf());
  const [started] = log;
  expect(started).toMatchObject({
    problem: { family: "math", text: QUESTION, reference: "3+4=7\n#### 7" },
  });
  const answers = log.flatMap((event) => (event.type === "answered" ? [event] : []));
  expect(new Set(answers.map(({ correct }) => correct))).toEqual(new Set([true, false]));
  for (const { answer, correct } of answers) expect(correct).toBe(answer === "7");
});

test("P16: no model is told the reference answer", async () => {
  const host = scriptedHost();
  const told: unknown[] = [];
  const open: ModelHost["open"] = (spec, problem) => {
    told.push(spec, problem);
    return host.open(spec, problem);
  };
  const secret = specOf({ reference: "12345678987654321" });
  const log = await logOf(secret, { ...host, open });
  expect(told).toHaveLength(2);
  expect(JSON.stringify(told)).not.toContain("12345678987654321");
  const steps = (events: RunEvent[]) => events.filter(({ type }) => type === "proposed");
  expect(steps(log)).toEqual(steps(await logOf(specOf())));
});

test("a reference goes before the family's own grading, and the family stays", async () => {
  const log = await logOf(specOf({ problem: "3+4", reference: "8" }));
  expect(log[0]).toMatchObject({ problem: { family: "expressions", text: "3+4", reference: "8" } });
  const right = log.filter((event) => event.type === "answered" && event.correct);
  expect(right).toEqual([]);
});

test("a model that does not read every problem refuses one that is none of its own", () => {
  const card = (name: string, role: "policy" | "verifier") => ({
    ...{ name, role, revision: "1", about: "", parameters: 1, families: ["expressions"] },
  });
  const models = {
    policies: [card("small", "policy")],
    verifiers: [card("small-prm", "verifier")],
  };
  const accept = (change: Partial<RunSpecInput>) =>
    acceptRun(specOf({ policy: "small", ...change }), { models, limits: LIMITS });
  expect(() => accept({})).toThrow(HttpProblem);
  expect(() => accept({})).toThrow(/policy: small knows expressions/);
  expect(accept({ problem: "3+4" }).problem).toMatchObject({ family: "expressions" });
});

test("a link to a run holds its reference answer", () => {
  const spec = specOf();
  const { problem } = acceptRun(spec, { models: scriptedHost().list(), limits: LIMITS });
  const stamp = { name: "scripted", revision: "1" };
  const link = writeRunLink({ ...spec, problem, policy: stamp, verifier: null });
  expect(readRunLink(link).spec).toMatchObject({ problem: QUESTION, reference: "3+4=7\n#### 7" });
});
