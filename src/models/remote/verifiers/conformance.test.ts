import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { SCORING_PRESETS, type ScoringPreset } from "../../../protocol/scoring.ts";
import type { Verifier } from "../../../search/ports.ts";
import { fakeClock } from "../fake-clock.ts";
import { type FakeServer, type Mischief, startFakeServer } from "../fake-server.ts";
import { fakeScores } from "../fake-verdicts.ts";
import { ModelServer } from "../model-server.ts";
import { readVerdicts } from "./judge-scorer.ts";
import { openRemoteVerifier } from "./remote-verifier.ts";

const SIGNAL = new AbortController().signal;
const QUESTION = "What is 17 + 25 * 3?";
const RIGHT = ["Step 1: 25 * 3 = 75.", "Step 2: 17 + 75 = 92.", "Step 3: the answer is 92."];
const WRONG = ["Step 1: 25 * 3 = 75.", "Step 2: 17 + 75 = 93.", "Step 3: the answer is 93."];

const ask = (steps: readonly string[], answer: string | null = null) => ({
  ...{ steps, answer, ended: answer !== null },
});

const open: FakeServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function connect({ scoring }: ScoringPreset) {
  const fake = await startFakeServer({ family: "vllm" });
  open.push(fake);
  const server = new ModelServer({
    ...{ name: "fake", url: fake.url, key: null, fetch, clock: fakeClock() },
    ...{ timeoutMs: 60_000, maxInFlight: 64 },
  });
  const verifier = (problem = QUESTION): Verifier =>
    openRemoteVerifier({
      connection: { id: "fake", model: "prm", scoring },
      ...{ server, refuses: [], problem, earlier: [] },
    });
  return { fake, verifier };
}

/** What the fake model says, as this way of asking can tell it. */
function expectedScores(preset: ScoringPreset, steps: readonly string[]): unknown[] {
  return fakeScores(steps).map((score) =>
    preset.scoring.kind === "judge" ? Math.round(score) : expect.closeTo(score, 6),
  );
}

/** Requests for a solution of so many steps of which nothing is known. */
function requestsFor({ scoring }: ScoringPreset, steps: number): number {
  if (scoring.kind === "judge") return scoring.critiques;
  return scoring.kind === "signs" && scoring.through === "n_probs" ? steps : 1;
}

describe.each(SCORING_PRESETS)("$id", (preset) => {
  const { scoring } = preset;

  test("N13: every step has the score that the model gives it, whatever else is asked", async () => {
    const { verifier } = await connect(preset);
    const { scores } = await verifier().score(
      [RIGHT, WRONG, RIGHT.slice(0, 1)].map((s) => ask(s)),
      SIGNAL,
    );
    expect(scores).toEqual([
      expectedScores(preset, RIGHT),
      expectedScores(preset, WRONG),
      expectedScores(preset, RIGHT.slice(0, 1)),
    ]);
    const alone = await verifier().score([ask(WRONG)], SIGNAL);
    expect(alone.scores).toEqual([scores[1]]);
  });

  test("N13: steps that hold signs, tags and frames of messages are scored like others", async () => {
    const { verifier } = await connect(preset);
    const hostile = fc.array(
      fc
        .array(
          fc.constantFrom("<extra_0>", "ки", "+", "-", "<|eot_id|>", "a", "1 + 1 = 2", "\\boxed{}"),
          { minLength: 1, maxLength: 4 },
        )
        .map((parts) => parts.join(" ")),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (steps) => {
        const { scores } = await verifier().score([ask(steps)], SIGNAL);
        expect(scores[0]).toHaveLength(steps.length);
        for (const score of scores[0]!) expect(score).toBeGreaterThan(0.5);
      }),
      { numRuns: 25 },
    );
  });

  test("N14: solutions are in flight at once, each in as few requests as can be, and none twice", async () => {
    const { verifier, fake } = await connect(preset);
    const asked = verifier();
    const each = requestsFor(preset, RIGHT.length);
    const atOnce = scoring.kind === "judge" ? 2 * scoring.critiques : 2;
    fake.holdUntil(atOnce);
    await asked.score([ask(RIGHT), ask(WRONG.slice(1))], SIGNAL);
    expect(fake.mostAtOnce).toBe(atOnce);
    fake.holdUntil(1);
    const before = fake.asked.length;
    const { spent } = await asked.score([ask(RIGHT)], SIGNAL);
    expect(fake.asked).toHaveLength(before);
    expect(spent).toMatchObject({ prmTokens: 0, prmCalls: 0 });
    const more = await asked.score([ask([...RIGHT, "Step 4: that is all."])], SIGNAL);
    const isStepwise = scoring.kind === "signs" && scoring.through === "n_probs";
    expect(fake.asked).toHaveLength(before + (isStepwise ? 1 : each));
    expect(more.scores[0]).toHaveLength(4);
  });

  test("N15: tokens and calls are those that the server counts", async () => {
    const { verifier, fake } = await connect(preset);
    const { spent } = await verifier().score([ask(RIGHT)], SIGNAL);
    expect(spent).toMatchObject({ policyTokens: 0, promptTokens: 0, policyCalls: 0 });
    expect(spent.prmCalls).toBe(fake.asked.length);
    const words = [QUESTION, ...RIGHT].join(" ").split(" ").length;
    // What only makes one text of it is a token or two; the fake says that its cache had two.
    expect(spent.prmTokens).toBeGreaterThan(scoring.kind === "signs" ? 3 : words - 5);
  });

  test.each<[Mischief["kind"], RegExp]>([
    ["miscount", /^unscored$/],
    ["nan", scoring.kind === "judge" ? /^unscored$/ : /^bad_number$/],
    ["null score", scoring.kind === "judge" ? /^unscored$/ : /^bad_number$/],
    ["empty", /^(garbage|empty|unscored)$/],
    ["garbage", /^garbage$/],
    ["shape", /^garbage$/],
    ["no usage", /^(garbage|empty)$/],
    ["truncate", /^truncated$/],
    ["reset", /^reset$/],
    ["huge", /^too_large$/],
  ])(
    "N16: a reply with %s is a typed fault that names the server, and never a score",
    async (kind, fault) => {
      const { verifier, fake } = await connect(preset);
      fake.misbehave(...Array.from({ length: 40 }, () => ({ kind }) as Mischief));
      await expect(verifier().score([ask(RIGHT)], SIGNAL)).rejects.toMatchObject({
        ...{ name: "ModelError", fault: expect.stringMatching(fault) },
        message: expect.stringMatching(/^fake: /),
      });
    },
  );

  test("N6: an abort ends it with the signal's reason", async () => {
    const { verifier, fake } = await connect(preset);
    fake.misbehave(...Array.from({ length: 40 }, () => ({ kind: "hang" }) as const));
    const stop = new AbortController();
    const asking = verifier().score([ask(RIGHT)], stop.signal);
    await expect.poll(() => fake.asked.length).toBeGreaterThan(0);
    stop.abort(new Error("enough"));
    await expect(asking).rejects.toThrow("enough");
  });

  test("an answer that was stated apart from the steps is read with the last one", async () => {
    const { verifier, fake } = await connect(preset);
    await verifier().score([ask(RIGHT.slice(0, 2), "1066")], SIGNAL);
    expect(JSON.stringify(fake.asked)).toContain("The answer is 1066.");
    const { verifier: second, fake: other } = await connect(preset);
    await second().score([ask(RIGHT, "92")], SIGNAL);
    expect(JSON.stringify(other.asked)).not.toContain("The answer is 92.");
  });
});

test("rows that are no probabilities are taken as logits, all of a reply alike", async () => {
  const fake = await startFakeServer({ family: "vllm" });
  open.push(fake);
  const rows = [
    [2, 4],
    [0.5, 0.5],
  ];
  const server = new ModelServer({
    ...{ name: "fake", url: fake.url, key: null, clock: fakeClock() },
    ...{ timeoutMs: 60_000, maxInFlight: 64 },
    fetch: async () =>
      Response.json({
        data: [{ data: rows }],
        usage: { prompt_tokens: 9, completion_tokens: null },
      }),
  });
  const verifier = openRemoteVerifier({
    connection: { id: "fake", model: "prm", scoring: SCORING_PRESETS[0]!.scoring },
    ...{ server, refuses: [], problem: QUESTION, earlier: [] },
  });
  const { scores } = await verifier.score([ask(["a", "b"])], SIGNAL);
  expect(scores).toEqual([[expect.closeTo(1 / (1 + Math.exp(-2)), 12), 0.5]]);
});

test.each<[string, number, number | RegExp]>([
  ["Step 1: fine \\boxed{correct}\nStep 2: no \\boxed{incorrect}", 3, 1],
  ["**Step 1:** \\boxed{Correct}\n**Step 2** \\boxed{\\text{correct}}", 2, 2],
  ["<think>Step 1: \\boxed{incorrect}</think>Step 1: \\boxed{correct}", 1, 1],
  ["Step 1: \\boxed{correct}", 2, /verdicts on 1 of 2/],
  ["Step 1: \\boxed{correct}\nStep 2: \\boxed{correct}", 1, /more verdicts than the 1/],
  ["Step 2: \\boxed{correct}", 1, /not on step 1/],
  ["Step 1: \\boxed{14}", 1, /"14", not correct or incorrect/],
  ["", 1, /verdicts on 0 of 1/],
])("the critique %j of %i steps is read strictly", (text, steps, expected) => {
  if (typeof expected === "number") expect(readVerdicts(text, steps)).toBe(expected);
  else expect(() => readVerdicts(text, steps)).toThrow(expected);
});
