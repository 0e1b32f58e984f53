import fc from "fast-check";
import { expect, test } from "vitest";
import { type LinkedRun, RunLinkError, readRunLink, writeRunLink } from "./run-link.ts";
import { RunSpec } from "./runs.ts";

const name = fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" });
const stamp = fc.record({ name, revision: fc.string({ maxLength: 12 }) });
const strategy = fc
  .constantFrom(...RunSpec.shape.strategy.options)
  .map((option) => RunSpec.shape.strategy.parse({ name: option.shape.name.value }));

const anyRun: fc.Arbitrary<LinkedRun> = fc.record({
  problem: fc.record({ text: name }),
  earlier: fc.array(
    fc.record({ problem: name, answer: name, reasoningTokens: fc.constant(null) }),
    { maxLength: 2 },
  ),
  strategy,
  policy: stamp,
  verifier: fc.option(stamp),
  sampling: fc.record({
    temperature: fc.integer({ min: 0, max: 200 }).map((percent) => percent / 100),
    topK: fc.integer({ min: 0, max: 50 }),
    topP: fc.constantFrom(0.5, 0.95, 1),
    maxStepTokens: fc.integer({ min: 1, max: 96 }),
  }),
  seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  budget: fc.record({ policyTokens: fc.integer({ min: 1, max: 9999 }) }, { requiredKeys: [] }),
});

test("B2: a link gives back the run that it was made of, and is safe in an address", () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const id = writeRunLink(run);
      expect(id).toMatch(/^[\w-]+$/);
      const { spec, revisions } = readRunLink(id);
      expect(spec).toEqual(
        RunSpec.parse({
          ...{ problem: run.problem.text, earlier: run.earlier, strategy: run.strategy },
          ...{ policy: run.policy.name, verifier: run.verifier?.name ?? null },
          ...{ sampling: run.sampling, seed: run.seed, budget: run.budget },
        }),
      );
      expect(revisions.policy).toBe(run.policy.revision.slice(0, 4));
    }),
  );
});

const SHORT: LinkedRun = {
  problem: { text: "(7+5)*9-14*3" },
  strategy: { name: "bestOfN", n: 8, weighted: true, aggregation: "last" } as LinkedRun["strategy"],
  policy: { name: "sentei-s", revision: "6e3b5c959298" },
  verifier: { name: "sentei-prm", revision: "77ab5c959298" },
  sampling: { temperature: 0.8, topK: 0, topP: 1, maxStepTokens: 96 },
  seed: 3,
  budget: {},
};

test("B2: what is not named is not in a link, whatever a run has beside it", () => {
  const secret = { apiKey: "sk-secret", headers: { authorization: "sk-secret" } };
  const id = writeRunLink({
    ...SHORT,
    ...secret,
    policy: { ...SHORT.policy, ...secret },
    sampling: { ...SHORT.sampling, ...secret },
  } as LinkedRun);
  expect(id).toBe(writeRunLink(SHORT));
  expect(id.length).toBeLessThan(300);
});

/** Links that were made by released versions, and what they mean: never to be changed. */
const RELEASED: readonly [string, object][] = [
  [
    "go1-eyJwIjoiKDcrNSkqOS0xNCozIiwicyI6WyJncmVlZHkiLHt9XSwibSI6WyJzZW50ZWktcyIsIjZlM2IiXSwidiI6bnVsbCwidCI6WzAsMCwxLDk2XSwibiI6M30",
    {
      ...{ problem: "(7+5)*9-14*3", earlier: [], strategy: { name: "greedy" }, policy: "sentei-s" },
      ...{ verifier: null, seed: 3, budget: {}, paused: false },
      sampling: { temperature: 0, topK: 0, topP: 1, maxStepTokens: 96 },
    },
  ],
];

test.each(RELEASED)("B2: a link that was released still means what it meant: %s", (id, spec) => {
  expect(readRunLink(id).spec).toEqual(spec);
});

test("a link that cannot be read says why", () => {
  const whole = writeRunLink(SHORT);
  expect(() => readRunLink("go2-abc")).toThrow(/later version/);
  expect(() => readRunLink("01m8362kn9dzp7akqeyxmgc9fx")).toThrow(/no run/);
  expect(() => readRunLink(`go1-${btoa('{"p":"1"}')}`)).toThrow(RunLinkError);
  for (let end = 4; end < whole.length - 1; end += 7) {
    expect(() => readRunLink(whole.slice(0, end))).toThrow(RunLinkError);
  }
  const held = JSON.parse(atob(whole.slice(4)));
  const broken = btoa(JSON.stringify({ ...held, n: -1 })).replace(/=+$/, "");
  expect(() => readRunLink(`go1-${broken}`)).toThrow(/seed/);
});
