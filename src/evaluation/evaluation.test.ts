import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { learnedParameters, TINY } from "../models/embedded/tiny-model.ts";
import { VOCABULARY } from "../models/embedded/vocabulary.ts";
import { FAMILIES, parseProblem } from "../problems/families.ts";
import type { Use } from "../protocol/budget.ts";
import { runOf } from "../protocol/evaluation-runs.ts";
import { type EvaluationRow, EvaluationSpec } from "../protocol/evaluations.ts";
import type { Fact, Problem } from "../protocol/events.ts";
import { revisionOutcomes } from "../protocol/revision-outcomes.ts";
import { ModelCard } from "../protocol/runs.ts";
import { keepUpload } from "../runs/keep-upload.ts";
import { modelHost, type OpenDecoder } from "../runs/model-host.ts";
import { searchFacts } from "../runs/search-facts.ts";
import { memorySets } from "../runs/set-store.ts";
import { acceptEvaluation } from "./accept-evaluation.ts";
import { evaluate } from "./evaluate.ts";
import { evaluateProblem } from "./evaluate-problem.ts";
import { problemsOf } from "./problem-set.ts";
import { sharedHost } from "./shared-host.ts";

const KERNEL = new WebAssembly.Module(
  readFileSync(new URL("../models/embedded/kernel.wasm", import.meta.url)),
);
const PROBLEM = "2+3+4";
/** Knows three solutions by heart, one of them wrong, and babbles at a high temperature. */
const WEIGHTS = {
  ...{ name: "tiny", config: TINY, vocabulary: VOCABULARY, metadata: new Map() },
  parameters: new Float32Array(
    learnedParameters(KERNEL, PROBLEM, [
      { steps: ["2+3=5", "5+4=9"], answer: "9" },
      { steps: ["3+4=7", "7+2=9"], answer: "9" },
      { steps: ["2+4=7", "7+3=10"], answer: "10" },
    ]),
  ),
};
const CARD = ModelCard.parse({
  ...{ name: "tiny", revision: "1", role: "policy", about: "", parameters: 1 },
  families: ["expressions"],
});

const breathe = async () => {};
const SOURCES = { sets: memorySets(), breathe };

const open = async (openDecoder?: OpenDecoder) =>
  modelHost({
    ...{ cards: () => [CARD], kernel: KERNEL, load: () => WEIGHTS, breathe },
    ...(openDecoder && { openDecoder }),
  });

const SPEC = EvaluationSpec.parse({
  name: "Laws",
  problems: { kind: "listed", problems: [PROBLEM] },
  arms: [
    { strategy: { name: "greedy" } },
    { strategy: { name: "majority" } },
    { strategy: { name: "bestOfN" } },
    { strategy: { name: "beam", m: 2 } },
    { strategy: { name: "lookahead", m: 2, k: 1 } },
    { strategy: { name: "revisions", chains: 2, seen: 2 } },
  ],
  budgets: [{ solutions: 2 }, { solutions: 6 }, { policyTokens: 60 }],
  ...{ policy: "tiny", verifier: "logprob", sampling: { temperature: 1.2, maxStepTokens: 12 } },
});

test("EV1: a row is what its run says and spends by itself, though runs share what is computed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(0xffff_ffff), async (seed) => {
      const spec = { ...SPEC, seeds: [seed, 5] };
      let now = 0;
      const host = await sharedHost(open, () => now++);
      const rows = await evaluateProblem(spec, { index: 0, problem: { text: PROBLEM } }, host);
      expect(rows).toHaveLength(6 * 3 * 2);
      for (const row of rows) {
        let use: Use | undefined;
        const facts: Fact[] = [];
        let selected: { answer: string | null; correct: boolean | null } | undefined;
        for await (const fact of searchFacts(runOf(spec, { text: PROBLEM }, row), {
          ...{ host: await open(), producer: "test", elapsedMs: () => 0 },
          signal: new AbortController().signal,
        })) {
          facts.push(fact);
          if ("use" in fact) use = fact.use;
          if (fact.type === "selected") selected = fact;
        }
        expect({ ...row.use, ms: 0 }).toEqual(use);
        expect(row.answer).toBe(selected!.answer);
        expect(row.correct).toBe(selected!.correct ?? false);
        const isRevised = SPEC.arms[row.arm]!.strategy.name === "revisions";
        expect(row.revisions).toEqual(isRevised ? revisionOutcomes(facts) : undefined);
        expect(row.use.ms).toBeGreaterThanOrEqual(0);
      }
      const sum = (of: (row: EvaluationRow) => number) =>
        rows.reduce((total, row) => total + of(row), 0);
      expect(sum(({ computed }) => computed)).toBeLessThan(
        sum(({ use }) => use.policyTokens + use.promptTokens + use.prmTokens),
      );
      // All that a small sample says was said by the large one.
      const small = rows.filter(({ arm, budget }) => arm === 1 && budget === 0);
      expect(small.map(({ computed }) => computed)).toEqual([0, 0]);
    }),
    { numRuns: 8 },
  );
});

const SCRIPTED = EvaluationSpec.parse({
  name: "Scripts",
  problems: { kind: "generated", families: [{ family: "countdown", count: 14 }] },
  arms: [{ strategy: { name: "majority" } }, { strategy: { name: "beam" } }],
  budgets: [{ solutions: 4 }, { solutions: 8 }],
  ...{ policy: "scripted", verifier: "scripted" },
});

test("EV2: neither the number of threads nor what was done before changes a row", async () => {
  const accepted = await acceptEvaluation(SCRIPTED, {
    models: (await open()).list(),
    limits: { nodes: 1e6 },
    ...SOURCES,
  });
  const run = async (
    threads: number,
    kept: readonly (readonly [number, EvaluationRow[]])[] = [],
  ) => {
    const done: number[] = [];
    const fresh = new Map<number, EvaluationRow[]>();
    const rows = await evaluate(accepted, {
      worker: new URL("../server/evaluation/evaluation-worker.ts", import.meta.url),
      ...{ models: "/nowhere", data: "/nowhere", threads, onDone: (count) => done.push(count) },
      journal: { kept, keep: (index, of) => fresh.set(index, of), close() {} },
    });
    return { rows: rows.map((row) => ({ ...row, use: { ...row.use, ms: 0 } })), done, fresh };
  };
  const alone = await run(1);
  expect(alone.rows).toHaveLength(14 * 4);
  expect(alone.done.at(-1)).toBe(14);
  expect((await run(3)).rows).toEqual(alone.rows);
  const resumed = await run(2, [...alone.fresh].slice(3, 9));
  expect(resumed.rows).toEqual(alone.rows);
  expect(resumed.fresh.size).toBe(8);
  expect(resumed.done).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14]);
}, 30_000);

test("EV3: a set of problems has no two alike, and begins with a smaller one", async () => {
  const draw = async (family: string, count: number, seed: number, levels?: number[]) =>
    problemsOf(
      { kind: "generated", families: [{ family, count, ...(levels && { levels }) }], seed },
      SOURCES,
    );
  const different = (problems: readonly Problem[]) =>
    new Set(problems.map(({ text }) => text)).size;
  const anyFamily = fc.constantFrom(...FAMILIES.map(({ name }) => name));
  await fc.assert(
    fc.asyncProperty(
      anyFamily,
      fc.integer({ min: 1, max: 40 }),
      fc.nat(1000),
      async (family, count, seed) => {
        const problems = await draw(family, count, seed);
        expect(different(problems)).toBe(count);
        const half = Math.ceil(count / 2);
        expect(await draw(family, half, seed)).toEqual(problems.slice(0, half));
        const texts = problems.map(({ text }) => text);
        expect(await problemsOf({ kind: "listed", problems: texts }, SOURCES)).toEqual(problems);
        for (const { text } of problems) {
          const { family: owner, problem } = parseProblem(text);
          expect(owner.splitOf(problem)).toBe("held-out");
        }
      },
    ),
    { numRuns: 20 },
  );
  // Of these a generator gives some twice.
  expect(different(await draw("countdown", 400, 0, [3]))).toBe(400);
});

const FILE = [
  JSON.stringify({ problem: "What is $3+4$?", answer: "\\\\boxed{7}", level: "Level 2" }),
  JSON.stringify({ problem: "2+3", answer: "6" }),
  JSON.stringify({ problem: "How many sides has a pentagon?", answer: "5" }),
].join("\n");

test("EV5: an uploaded set is graded by its own answers, whatever a family says", async () => {
  const sets = memorySets();
  const { set } = await keepUpload(sets, { text: FILE, format: "jsonl" }, { name: "mine" });
  const of = (problems: object) => EvaluationSpec.parse({ ...SCRIPTED, problems });
  const accept = async (problems: object) =>
    acceptEvaluation(of(problems), {
      models: (await open()).list(),
      ...{ limits: { nodes: 1e6 }, sets, breathe },
    });
  const accepted = await accept({ kind: "uploaded", set: set.id });
  expect(accepted.spec.problems).toEqual({ kind: "uploaded", set: set.id, count: 3 });
  expect(accepted.problems).toEqual([
    { family: "math", text: "What is $3+4$?", level: 2, reference: "7" },
    { family: "expressions", text: "2+3", level: expect.any(Number), reference: "6" },
    { family: "math", text: "How many sides has a pentagon?", level: null, reference: "5" },
  ]);
  const answered = accepted.problems.map(({ text: problem, reference: answer, level }) => {
    return { problem, answer, level };
  });
  expect((await accept({ kind: "answered", problems: answered })).problems).toEqual(
    accepted.problems,
  );
  const host = await sharedHost(open, () => 0);
  for (const [index, problem] of accepted.problems.entries()) {
    const rows = await evaluateProblem(accepted.spec, { index, problem }, host);
    for (const { answer, correct } of rows) {
      expect(correct).toBe(answer !== null && Number(answer) === Number(problem.reference));
    }
  }

  await expect(accept({ kind: "uploaded", set: "gone" })).rejects.toThrow(/^problems\.set: /);
  await expect(accept({ kind: "uploaded", set: set.id, count: 4 })).rejects.toThrow(
    /^problems\.count: mine has 3 problems/,
  );
});
