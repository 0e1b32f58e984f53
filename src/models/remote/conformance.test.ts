import { afterEach, describe, expect, test } from "vitest";
import { type Capabilities, ModelFormat, type PolicySpec } from "../../protocol/connections.ts";
import { FORMAT_PRESETS, presetFor } from "../../protocol/format-presets.ts";
import type { Ask, Policy, Proposed } from "../../search/ports.ts";
import { fakeClock } from "./fake-clock.ts";
import type { FakeFamily } from "./fake-replies.ts";
import { type FakeServer, startFakeServer } from "./fake-server.ts";
import { ModelServer } from "./model-server.ts";
import { probeServer } from "./probe.ts";
import { openRemotePolicy } from "./remote-policy.ts";

const [QWEN] = FORMAT_PRESETS;
const SIGNAL = new AbortController().signal;
const sampling = { temperature: 0.8, topK: 0, topP: 1, maxStepTokens: 200 };
const ask = (prefix: readonly string[], seed = 1, change = {}): Ask => ({
  ...{ prefix, seed, sampling: { ...sampling, ...change } },
});

interface Way {
  readonly family: FakeFamily;
  readonly api: PolicySpec["api"];
  readonly expects: Partial<Capabilities>;
}

const WAYS: readonly Way[] = [
  {
    family: "vllm",
    api: "completions",
    expects: { continues: "text", stopReason: true, several: true, logprobs: true },
  },
  {
    family: "vllm",
    api: "chat",
    expects: { continues: "continue_final_message", stopReason: true },
  },
  { family: "sglang", api: "completions", expects: { continues: "text", stopReason: true } },
  {
    family: "sglang",
    api: "chat",
    expects: { continues: "continue_final_message", stopReason: true },
  },
  {
    family: "llama.cpp",
    api: "llama.cpp",
    expects: { continues: "text", stopReason: true, cachedTokens: true },
  },
  {
    family: "llama.cpp",
    api: "chat",
    expects: { continues: "continue_final_message", stopReason: false, several: false },
  },
  {
    family: "ollama",
    api: "completions",
    expects: { continues: "text", stopReason: false, logprobs: false },
  },
  { family: "ollama", api: "chat", expects: { continues: null, several: false } },
  { family: "lm-studio", api: "completions", expects: { continues: "text", cachedTokens: false } },
  { family: "openai", api: "chat", expects: { continues: null, several: true, reasoning: "none" } },
  {
    ...{ family: "openai-reasoning", api: "chat" },
    expects: {
      continues: null,
      reasoning: "hidden",
      seed: false,
      refuses: ["max_tokens", "temperature", "logprobs"],
    },
  },
  {
    family: "deepseek",
    api: "chat",
    expects: { continues: null, reasoning: "apart", refuses: ["logprobs"] },
  },
];

const open: FakeServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function connect({ family, api }: Way) {
  const fake = await startFakeServer({ family });
  open.push(fake);
  const server = new ModelServer({
    ...{ name: "fake", url: fake.url, key: null, fetch, clock: fakeClock() },
    ...{ timeoutMs: 60_000, maxInFlight: 64 },
  });
  const format = ModelFormat.parse(presetFor(QWEN!, api));
  const connection = { id: "fake", api, model: `${family}-model`, format };
  const known = await probeServer({ server, connection, signal: SIGNAL });
  const policy = (problem = "(7+5)*9-14*3") =>
    openRemotePolicy({ server, connection, known, problem, earlier: [] });
  return { fake, known, policy, server };
}

async function propose(policy: Policy, asks: readonly Ask[]): Promise<Proposed[]> {
  const all: Proposed[] = [];
  for await (const proposed of policy.propose(asks, SIGNAL)) all.push(proposed);
  return all;
}

/** One solution, step by step as a search asks for it. */
async function solve(policy: Policy, seed: number): Promise<Proposed[]> {
  const path: Proposed[] = [];
  while (path.at(-1)?.ended !== "stop" && path.length < 10) {
    const prefix = path.map(({ text }) => text);
    path.push(...(await propose(policy, [ask(prefix, seed + path.length)])));
  }
  return path;
}

describe.each(WAYS)("$family, $api", (way) => {
  test("N1: the probe finds what it can do", async () => {
    const { known } = await connect(way);
    expect(known).toMatchObject({
      ...{ models: [`${way.family}-model`, "other"], seed: true, usage: true },
      ...way.expects,
    });
  });

  test("N2: a solution is written step by step, and states its answer", async () => {
    const { policy, known } = await connect(way);
    const path = await solve(policy(), 5);
    const hasAnswerApart = known.reasoning === "apart";
    expect(path.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Step 1: look at it \w+\.$/),
      expect.stringMatching(/^Step 2: look at it \w+\.$/),
      expect.stringMatching(/^Step 3: look at it \w+\.$/),
      ...(hasAnswerApart ? [] : [expect.stringMatching(/^So the answer is \\boxed\{6[67]\}\.$/)]),
    ]);
    expect(path.map(({ ended }) => ended)).toEqual([...path.slice(1).map(() => "step"), "stop"]);
    expect(path.at(-1)!.answer).toMatch(/^6[67]$/);
    expect(path.slice(0, -1).map(({ answer }) => answer)).not.toContain(expect.anything());
  });

  test("N3: tokens are those that the server counts, and all of them", async () => {
    const { policy, fake, known } = await connect(way);
    const before = fake.asked.length;
    const path = await solve(policy(), 5);
    const calls = fake.asked.length - before;
    const sum = (of: (proposed: Proposed) => number) =>
      path.reduce((all, each) => all + of(each), 0);
    expect(sum(({ spent }) => spent.policyCalls)).toBe(calls);
    expect(sum(({ spent }) => spent.policyTokens)).toBe(sum(({ tokens }) => tokens));
    const words = path.flatMap(({ text }) => text.split(" ")).length;
    const unseen = known.reasoning === "hidden" ? 40 : known.reasoning === "apart" ? 5 : 0;
    expect(sum(({ tokens }) => tokens)).toBeGreaterThanOrEqual(words + unseen);
    expect(sum(({ spent }) => spent.promptTokens)).toBeGreaterThan(0);
    const tells = known.logprobs && known.continues !== null;
    expect(path.every(({ logprob }) => (tells ? logprob! < 0 : logprob === null))).toBe(true);
  });

  test("N4: what an ask gets depends on it alone, and comes in the order of the asks", async () => {
    const { policy } = await connect(way);
    const asks = Array.from({ length: 12 }, (_, seed) => ask([], seed * 2));
    const all = await propose(policy(), asks);
    expect(all.map((proposed) => proposed.ask)).toEqual(asks.map((_, i) => i));
    const [alone] = await propose(policy(), [asks[7]!]);
    expect({ ...alone, ask: 7 }).toEqual(all[7]);
    expect(new Set(all.map(({ text }) => text)).size).toBeGreaterThan(1);
  });

  test("N5: asks are in flight at once", async () => {
    const { policy, fake } = await connect(way);
    fake.holdUntil(48);
    await propose(
      policy(),
      Array.from({ length: 48 }, (_, seed) => ask([], seed)),
    );
    expect(fake.mostAtOnce).toBe(48);
  });

  test("N6: an abort ends it with the signal's reason", async () => {
    const { policy, fake } = await connect(way);
    fake.misbehave(...Array.from({ length: 3 }, () => ({ kind: "hang" }) as const));
    const stop = new AbortController();
    const asks = [ask([], 1), ask([], 2), ask([], 3)];
    const before = fake.asked.length;
    const asking = (async () => {
      for await (const _ of policy().propose(asks, stop.signal));
    })();
    await expect.poll(() => fake.asked.length).toBe(before + 3);
    stop.abort(new Error("enough"));
    await expect(asking).rejects.toThrow("enough");
  });

  test("N7: a fault is typed, and what was written beside it is kept", async () => {
    const { policy, fake } = await connect(way);
    fake.misbehave({ kind: "status", status: 400 });
    const got: Proposed[] = [];
    const asking = (async () => {
      for await (const proposed of policy().propose(
        [1, 2, 3].map((seed) => ask([], seed)),
        SIGNAL,
      )) {
        got.push(proposed);
      }
    })();
    await expect(asking).rejects.toMatchObject({
      ...{ name: "ModelError", fault: "refused", message: "fake: answered 400: not now" },
    });
    expect(got).toHaveLength(2);
  });
});

test("a step that is too long is cut off and says so", async () => {
  const { policy } = await connect(WAYS[0]!);
  const [cut] = await propose(policy(), [ask([], 1, { maxStepTokens: 3 })]);
  expect(cut).toMatchObject({ text: "Step 1: look", tokens: 3, ended: "length", answer: null });
});

test("who only writes whole solutions is not asked for a second continuation", async () => {
  const { policy } = await connect(WAYS.find(({ family }) => family === "openai")!);
  const asked = policy();
  const [first] = await propose(asked, [ask([], 1)]);
  await expect(
    propose(asked, [ask([first!.text], 2), ask([first!.text], 3)]),
  ).rejects.toMatchObject({
    fault: "unsupported",
  });
});

test("whole solutions that begin alike are given out once each", async () => {
  const { policy } = await connect(WAYS.find(({ family }) => family === "openai")!);
  const asked = policy();
  const firsts = await propose(
    asked,
    Array.from({ length: 20 }, (_, seed) => ask([], seed)),
  );
  const seconds = await propose(
    asked,
    firsts.map(({ text }) => ask([text])),
  );
  expect(seconds).toHaveLength(20);
  expect(seconds.every(({ spent }) => spent.policyTokens === 0)).toBe(true);
});
