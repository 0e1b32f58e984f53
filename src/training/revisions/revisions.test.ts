import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { editDistance } from "../../lib/edit-distance.ts";
import { createRandom } from "../../lib/random.ts";
import { attemptTurns } from "../../models/embedded/attempt-turns.ts";
import { Engine } from "../../models/embedded/engine.ts";
import { encodePrompt, encodeSolution, VOCABULARY } from "../../models/embedded/vocabulary.ts";
import type { Labelled } from "../labels/labels.ts";
import { openPolicy } from "../open-policy.ts";
import { Recipe, readRecipe } from "../recipe.ts";
import { samplingOf } from "../sampling.ts";
import type { Lessons, Subject } from "../tuning/lessons.ts";
import { CHECKPOINT, tune } from "../tuning/tune.ts";
import { readParameters } from "../work/checkpoint.ts";
import { Stage } from "../work/stage.ts";
import { TrainingLog } from "../work/training-log.ts";
import { createChains, mixLessons, revisionLesson } from "./revision-lessons.ts";

const REAL = readRecipe(path.join(import.meta.dirname, "../recipe.json"), "S");
const TOY: Recipe = Recipe.parse({
  ...REAL,
  model: { ...REAL.model, width: 32, layers: 2, heads: 2, feedForward: 64, context: 96 },
  optimizer: { ...REAL.optimizer, batchTokens: 1600, warmupSteps: 4, peakRate: 0.01 },
  corpus: { ...REAL.corpus, mix: { expressions: { "3": 1 } }, earlierTurns: 0 },
  watch: { everyTokens: 10_000_000, problems: 1, samples: 0 },
});
const KERNEL = path.join(import.meta.dirname, "../../models/embedded/kernel.wasm");
const MODULE = new WebAssembly.Module(readFileSync(KERNEL));
const folder = mkdtempSync(path.join(tmpdir(), "sentei-revisions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Attempts at 2+3+4, or at 1+2: right, wrong at the end, wrong on the way though the answer is right, or cut off. */
const anyAttempt = fc
  .record({
    isLong: fc.boolean(),
    kind: fc.constantFrom("right", "wrong", "lucky", "cut"),
    off: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ isLong, kind, off }): Labelled => {
    const of = { family: "expressions", level: 3, problem: isLong ? "2+3+4" : "1+2", values: [] };
    const [first, end] = isLong ? ["2+3=5", "5+4="] : ["1+2=3", "3="];
    const right = isLong ? 9 : 3;
    const answer = kind === "cut" ? null : String(kind === "wrong" ? right + off : right);
    const steps =
      kind === "lucky" ? [`${first}${off}`, `${end}${right}`] : [first!, `${end}${answer}`];
    const labels: (0 | 1)[] = { right: [1, 1], wrong: [1, 0], lucky: [0], cut: [1] }[kind] as (
      | 0
      | 1
    )[];
    return { ...of, steps, answer, labels };
  });
const anyAttempts = fc.array(anyAttempt, { minLength: 1, maxLength: 24 });

const isRight = ({ labels }: Labelled) => labels.length === 2 && labels.every((of) => of === 1);
const isWrong = ({ answer, labels }: Labelled) =>
  answer !== null && labels.at(-1) === 0 && labels.length === 2;
const textOf = ({ steps, answer }: Pick<Labelled, "steps" | "answer">) =>
  [...steps, answer].join("\n");

test("RV1: a chain is wrong answers of the policy's own, the last of them closest, and a right solution of its own", () => {
  fc.assert(
    fc.property(
      anyAttempts,
      fc.nat(),
      fc.integer({ min: 1, max: 5 }),
      (attempts, seed, inContext) => {
        const revising = { attempts, inContext, kept: 0 };
        if (!attempts.some(isRight)) {
          expect(() => createChains(revising)).toThrow("no right attempt");
          return;
        }
        const chain = createChains(revising)(seed);
        expect(createChains(revising)(seed)).toEqual(chain);
        const { problem, shown, next } = chain;
        const of = attempts.filter((attempt) => attempt.problem === problem);
        expect(of.filter(isRight).map(textOf)).toContain(textOf(next));
        expect(shown.length).toBeLessThanOrEqual(inContext);
        const wrong = of.filter(isWrong);
        // No attempt stands there twice.
        const left = wrong.map(({ answer }) => answer);
        for (const answer of shown) {
          expect(left).toContain(answer);
          left.splice(left.indexOf(answer), 1);
        }
        if (shown.length === 0) return;
        const distances = wrong.map((attempt) => editDistance(textOf(attempt), textOf(next)));
        const nearest = wrong.filter((_, i) => distances[i] === Math.min(...distances));
        expect(nearest.map(({ answer }) => answer)).toContain(shown.at(-1));
      },
    ),
  );
});

test("RV2: chains of every length are drawn, and those that are to be kept end with the right answer", () => {
  const attempt = (answer: string, labels: (0 | 1)[]): Labelled => ({
    ...{ family: "expressions", level: 3, problem: "2+3+4", values: [] },
    ...{ steps: ["2+3=5", `5+4=${answer}`], answer, labels },
  });
  const attempts = [
    attempt("9", [1, 1]),
    ...["7", "8", "10"].map((wrong) => attempt(wrong, [1, 0])),
  ];
  const lengths = (kept: number) => {
    const chainAt = createChains({ attempts, inContext: 3, kept });
    const chains = Array.from({ length: 600 }, (_, seed) => chainAt(seed).shown);
    const isKept = (shown: readonly string[]) => shown.at(-1) === "9";
    expect(chains.filter(isKept).length / 600).toBeCloseTo(kept, 1);
    return [0, 1, 2, 3].map((length) => chains.filter((of) => of.length === length).length / 600);
  };
  for (const share of lengths(0)) expect(share).toBeCloseTo(0.25, 1);
  expect(lengths(1)[0]).toBe(0);
  expect(lengths(1)[3]).toBeGreaterThan(0.2);
});

test("RV3: a lesson is what the policy reads and writes when it revises, and fits its context", () => {
  const chains = fc.record({
    problem: fc.constant("2+3+4"),
    shown: fc.array(fc.stringMatching(/^[0-9]{1,9}$/), { maxLength: 6 }),
    next: fc.constant({ steps: ["2+3=5", "5+4=9"], answer: "9" }),
  });
  fc.assert(
    fc.property(chains, fc.integer({ min: 60, max: 300 }), (chain, context) => {
      const { problem, shown, next } = chain;
      const { tokens, weights } = revisionLesson(chain, context);
      expect(tokens.length).toBeLessThanOrEqual(context);
      const alone = encodeSolution({ problem, ...next });
      const solution = alone.tokens.slice(alone.promptLength);
      expect(tokens.filter((_, t) => weights[t] === 1)).toEqual(solution);

      const read = tokens.filter((_, t) => weights[t] === 0);
      const turns = attemptTurns(VOCABULARY, { problem, attempts: shown, context });
      const asked = encodePrompt(VOCABULARY, problem, turns);
      const fits = asked.length + solution.length <= context;
      if (fits) expect(read).toEqual(asked);
      // What is left out where it does not fit is at the beginning.
      else expect(asked.slice(-read.length)).toEqual(read);
    }),
  );
});

/** Problems whose answer stands in the wrong attempt at them, with a 0 behind it, and nowhere else. */
function echoed(problems: number, seed: number): Labelled[] {
  const random = createRandom(seed);
  return Array.from({ length: problems }, () => {
    const digits = () => 10 + Math.floor(random() * 89);
    const problem = `${digits()}+${digits()}`;
    const seen = String(1 + Math.floor(random() * 9));
    const attempt = (answer: string, label: 0 | 1): Labelled => ({
      ...{ family: "expressions", level: 3, problem, values: [] },
      ...{ steps: [`=${answer}`], answer, labels: [label] },
    });
    return [attempt(seen, 0), attempt(`${seen}0`, 1)];
  }).flat();
}

const SUBJECT: Subject = {
  ...{ kind: "revising", attempts: echoed(300, 5), inContext: 1, kept: 0, solving: 0.1 },
};

async function learn(
  name: string,
  options: { untilStep: number; threads?: number; losses?: number[] },
): Promise<Stage> {
  const { losses, ...limits } = options;
  const stage = new Stage(folder, name, {});
  const log = new TrainingLog(path.join(folder, "log.ndjson")).stage({
    ...{ stage: name, size: "S", step: "policy", hash: "" },
  });
  log.metric = ({ name: metric }, value) => {
    if (metric === "loss") losses?.push(Number(value));
  };
  await tune({
    ...{ recipe: TOY, module: MODULE, stage, log, start: null, decayFrom: 3, ...limits },
    subject: SUBJECT,
  });
  return stage;
}

const checkpointOf = (stage: Stage) => Buffer.from(stage.read(CHECKPOINT)).toString("base64");

test("E1, E2: revising is learnt to the same bits on one thread, on two, and after a kill", async () => {
  const whole = checkpointOf(await learn("whole", { untilStep: 6 }));
  expect(checkpointOf(await learn("one-thread", { untilStep: 6, threads: 1 }))).toBe(whole);
  const half = await learn("half", { untilStep: 3 });
  new Stage(folder, "resumed", {}).write(CHECKPOINT, half.read(CHECKPOINT));
  expect(checkpointOf(await learn("resumed", { untilStep: 6 }))).toBe(whole);
});

test("what only an earlier attempt tells is learnt from it, on unseen problems too", async () => {
  const losses: number[] = [];
  const stage = await learn("echo", { untilStep: 260, losses });
  expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.5);
  const parameters = readParameters(stage.read(CHECKPOINT), TOY.model);
  const engine = new Engine(MODULE, { config: TOY.model, parameters });
  const unseen = echoed(40, 6).filter(({ labels }) => labels[0] === 0);
  let right = 0;
  for (const { problem, answer } of unseen) {
    const policy = openPolicy(engine, problem);
    const ask = { prefix: [], attempts: [answer!], sampling: samplingOf(0), seed: 1 };
    for await (const { text } of policy.propose([ask], new AbortController().signal)) {
      if (text === `=${answer}0`) right++;
    }
    policy.dispose();
  }
  expect(right).toBeGreaterThan(30);
});

test("as many lessons as it was told are of the corpus, and which ones depends on the seed alone", () => {
  const kind =
    (of: number): Lessons =>
    () => ({ tokens: [of], weights: [1] });
  const lessonAt = mixLessons(kind(1), 0.3, kind(2));
  const kinds = Array.from({ length: 2000 }, (_, seed) => lessonAt(seed).tokens[0]);
  expect(kinds.filter((of) => of === 1).length / 2000).toBeCloseTo(0.3, 1);
  expect(kinds[7]).toBe(lessonAt(7).tokens[0]);
});
