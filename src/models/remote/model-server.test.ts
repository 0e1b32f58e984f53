import { afterEach, expect, test } from "vitest";
import { FORMAT_PRESETS } from "../../protocol/format-presets.ts";
import type { Policy, Proposed } from "../../search/ports.ts";
import { fakeClock } from "./fake-clock.ts";
import { type FakeServer, type Mischief, startFakeServer } from "./fake-server.ts";
import { ModelServer, readDuration } from "./model-server.ts";
import { openRemotePolicy } from "./remote-policy.ts";
import { readRetryAfter } from "./server-fault.ts";

const KEY = "sk-0123456789abcdef";
const SIGNAL = new AbortController().signal;
const ASK = {
  prefix: [],
  seed: 1,
  sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 50 },
};

const open: FakeServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function connect({ patienceMs = 20_000, key = KEY as string | null } = {}) {
  const fake = await startFakeServer({ family: "vllm", key: KEY });
  open.push(fake);
  const clock = fakeClock({ patienceMs });
  const server = new ModelServer({
    ...{ name: "fake", url: fake.url, key, fetch, clock, timeoutMs: 60_000, maxInFlight: 8 },
  });
  const [{ format }] = FORMAT_PRESETS as [(typeof FORMAT_PRESETS)[number]];
  const connection = { id: "fake", api: "completions", model: "m", format } as const;
  const policy = openRemotePolicy({ server, connection, known: null, problem: "1+1", earlier: [] });
  return { fake, clock, server, policy };
}

async function proposeOne(policy: Policy): Promise<Proposed> {
  for await (const proposed of policy.propose([ASK], SIGNAL)) return proposed;
  throw new Error("nothing came");
}

const times = (n: number, mischief: Mischief): Mischief[] => Array<Mischief>(n).fill(mischief);

test.each<[string, Mischief, string, number]>([
  ["a status of 500", { kind: "status", status: 500 }, "server_error", 2],
  ["a status of 503", { kind: "status", status: 503 }, "server_error", 6],
  ["a status of 429", { kind: "status", status: 429 }, "rate_limited", 6],
  ["a status of 404", { kind: "status", status: 404 }, "refused", 1],
  ["a lost connection", { kind: "reset" }, "reset", 2],
  ["a truncated reply", { kind: "truncate" }, "truncated", 2],
  ["a reply that is no JSON", { kind: "garbage" }, "garbage", 2],
  ["a reply of another shape", { kind: "shape" }, "garbage", 2],
  ["a reply without choices", { kind: "empty" }, "empty", 2],
  ["a reply of more than 10 MiB", { kind: "huge" }, "too_large", 1],
  ["a reply without usage", { kind: "no usage" }, "empty", 1],
  [
    "a redirect to another host",
    { kind: "redirect", to: "http://169.254.169.254/" },
    "redirected",
    1,
  ],
])(
  "N9: %s is a fault of its own kind, after as many attempts as can help",
  async (_, mischief, fault, attempts) => {
    const { fake, policy } = await connect();
    fake.misbehave(...times(10, mischief));
    await expect(proposeOne(policy)).rejects.toMatchObject({ name: "ModelError", fault });
    expect(fake.asked).toHaveLength(attempts);
  },
);

test.each<Mischief["kind"] & ("hang" | "drip")>(["hang", "drip"])(
  "N9: a server that takes for ever (%s) is a timeout, and is not asked again",
  async (kind) => {
    const { fake, policy } = await connect({ patienceMs: 300 });
    fake.misbehave({ kind });
    await expect(proposeOne(policy)).rejects.toMatchObject({
      ...{ fault: "timeout", message: "fake: gave no whole reply in 60 s" },
    });
    expect(fake.asked).toHaveLength(1);
  },
);

test("N9: a server that is not there is unreachable", async () => {
  const { fake, policy } = await connect();
  await fake.close();
  open.pop();
  await expect(proposeOne(policy)).rejects.toMatchObject({
    ...{ fault: "unreachable", message: expect.stringContaining("ECONNREFUSED") },
  });
});

test("N10: what was lost is counted at its most, what was refused is not", async () => {
  const { fake, policy } = await connect();
  const usual = await proposeOne(policy);
  fake.misbehave({ kind: "status", status: 429 }, { kind: "reset" });
  const after = await proposeOne(policy);
  expect(after).toEqual({
    ...usual,
    spent: {
      ...usual.spent,
      policyCalls: 2,
      policyTokens: usual.spent.policyTokens + ASK.sampling.maxStepTokens,
      // Of the two prompts that were read, the first may have been in no cache.
      promptTokens: 2 * usual.spent.promptTokens + 2,
    },
  });
});

test("a server's wish to be left alone is granted", async () => {
  const { fake, clock, policy } = await connect();
  fake.misbehave({ kind: "status", status: 429, headers: { "retry-after": "7" } });
  await proposeOne(policy);
  expect(clock.slept).toEqual([expect.closeTo(7250, -3)]);
  expect(clock.slept[0]).toBeGreaterThanOrEqual(7000);
  fake.misbehave({ kind: "status", status: 429, headers: { "retry-after": "3600" } });
  await expect(proposeOne(policy)).rejects.toMatchObject({ fault: "rate_limited" });
});

test("waits grow, and no two clients wait alike", async () => {
  const { fake, clock, policy } = await connect();
  fake.misbehave(...times(10, { kind: "status", status: 503 }));
  await expect(proposeOne(policy)).rejects.toThrow("fake: answered 503: not now, after 6 attempts");
  expect(clock.slept).toHaveLength(5);
  for (const [i, ms] of clock.slept.entries()) expect(ms).toBeLessThanOrEqual(500 * 2 ** i);
  expect(new Set(clock.slept).size).toBe(5);
});

test("N11: a key is sent as a header and is in no message, even if the server repeats it", async () => {
  const { fake, policy } = await connect();
  fake.misbehave({ kind: "echo key" });
  await expect(proposeOne(policy)).rejects.toThrow("fake: answered 400: you sent Bearer •••");
  const { policy: wrong } = await connect({ key: "sk-wrong" });
  await expect(proposeOne(wrong)).rejects.toThrow(/401: Incorrect API key provided: Bearer •••$/);
});

test.each([
  ["Retry-After: 3", 3000],
  ["Retry-After: 0", 0],
  ["Retry-After: Thu, 01 Jan 1970 00:00:10 GMT", 9000],
  ["Retry-After: soon", null],
  ["Retry-After-Ms: 1500", 1500],
  ["X: 1", null],
])("%s is read", (header, ms) => {
  const [name = "", value = ""] = header.split(/: (.*)/);
  expect(readRetryAfter(new Headers({ [name]: value }), 1000)).toBe(ms);
});

test.each([
  ["1s", 1000],
  ["6m0s", 360_000],
  ["120ms", 120],
  ["1h2m3.5s", 3_723_500],
  ["soon", null],
  ["", null],
])("the duration %j is read", (text, ms) => {
  expect(readDuration(text)).toBe(ms);
});
