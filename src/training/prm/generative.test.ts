import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createRandom, deriveSeed } from "../../lib/random.ts";
import { GENERATIVE_METADATA } from "../../models/embedded/embedded-verifier.ts";
import { writeGguf } from "../../models/embedded/gguf.ts";
import { encodeSolution, VOCABULARY } from "../../models/embedded/vocabulary.ts";
import type { Labelled } from "../labels/labels.ts";
import { Recipe, readRecipe } from "../recipe.ts";
import { drawBatch, type Subject } from "../tuning/lessons.ts";
import { CHECKPOINT, tune } from "../tuning/tune.ts";
import { readParameters } from "../work/checkpoint.ts";
import { Stage } from "../work/stage.ts";
import { TrainingLog } from "../work/training-log.ts";
import { createJudgedLessons, judgedLesson } from "./generative-lessons.ts";
import { judgeSteps } from "./judge.ts";
import { type JudgedStep, rankingByProblem } from "./metrics.ts";

const REAL = readRecipe(path.join(import.meta.dirname, "../recipe.json"), "S");
const TOY: Recipe = Recipe.parse({
  ...REAL,
  model: { ...REAL.model, width: 16, layers: 1, heads: 2, feedForward: 32 },
  optimizer: { ...REAL.optimizer, batchTokens: 1600, warmupSteps: 4, peakRate: 0.01 },
});
const KERNEL = path.join(import.meta.dirname, "../../models/embedded/kernel.wasm");
const MODULE = new WebAssembly.Module(readFileSync(KERNEL));
const folder = mkdtempSync(path.join(tmpdir(), "sentei-generative-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const AnyLabelled = fc
  .record({
    steps: fc.array(fc.stringMatching(/^[0-9+-]{1,6}$/), { minLength: 1, maxLength: 5 }),
    answer: fc.option(fc.stringMatching(/^[0-9]{1,3}$/)),
    /** Of the first wrong step; beyond the last: there is none. */
    wrong: fc.nat(6),
  })
  .map(({ steps, answer, wrong }): Labelled => {
    const known = answer === null ? steps.length - 1 : steps.length;
    const labels = Array.from({ length: known }, (_, i) => (i === wrong ? 0 : 1));
    return {
      ...{ family: "expressions", level: 3, problem: "1+2", steps, answer },
      labels: labels.slice(0, wrong + 1) as (0 | 1)[],
      values: [],
    };
  });

test("a lesson asks for a judgement after each labelled step, and for the text of right solutions alone", () => {
  fc.assert(
    fc.property(AnyLabelled, (attempt) => {
      const { problem, steps, answer, labels } = attempt;
      const { tokens, weights } = judgedLesson(attempt, 0.25);
      const judged = tokens.flatMap((token, t) => (weights[t] === 1 ? [token] : []));
      expect(VOCABULARY.decode(judged)).toBe(labels.map((l) => (l ? "+" : "-")).join(""));

      const plain = tokens.filter((_, t) => weights[t] !== 1);
      const isRight = answer !== null && labels.length === steps.length && !labels.includes(0);
      const whole = encodeSolution({ problem, steps, answer });
      expect(plain).toEqual(whole.tokens.slice(0, plain.length));
      if (isRight) expect(plain).toEqual(whole.tokens);
      const learnt = weights.filter((weight) => weight === 0.25).length;
      expect(learnt).toBe(isRight ? plain.length - whole.promptLength : 0);
    }),
  );
});

test("lessons are drawn by their seed alone, and none from attempts without a label", () => {
  const attempts = fc.array(AnyLabelled, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(attempts, fc.nat(), (of, seed) => {
      const subject = { attempts: of, languageWeight: 0.1 };
      if (of.every(({ labels }) => labels.length === 0)) {
        expect(() => createJudgedLessons(subject)).toThrow("no labelled step");
        return;
      }
      const lesson = createJudgedLessons(subject)(seed);
      expect(lesson.weights).toContain(1);
      expect(createJudgedLessons(subject)(seed)).toEqual(lesson);
    }),
  );
});

test("a batch is whole lessons in the order of their seeds, as many as fit", () => {
  const attempts = fc.array(AnyLabelled, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(attempts, fc.nat(), fc.integer({ min: 60, max: 300 }), (of, seed, room) => {
      fc.pre(of.some(({ labels }) => labels.length > 0));
      const lessonAt = createJudgedLessons({ attempts: of, languageWeight: 0.1 });
      const { tokens, weights, lengths } = drawBatch(lessonAt, seed, room);
      const lessons = lengths.map((_, i) => lessonAt(deriveSeed(seed, i)));
      expect(tokens).toEqual(lessons.flatMap((lesson) => lesson.tokens));
      expect(weights).toEqual(lessons.flatMap((lesson) => lesson.weights));
      expect(lengths).toEqual(lessons.map((lesson) => lesson.tokens.length));
      const next = lessonAt(deriveSeed(seed, lengths.length)).tokens.length;
      expect(tokens.length).toBeLessThanOrEqual(room);
      expect(tokens.length + next).toBeGreaterThan(room);
    }),
  );
});

/** Attempts in which a wrong step is one that holds a `7`, and nothing else says so. */
function markedAttempts(problems: number, seed: number): Labelled[] {
  const random = createRandom(seed);
  const digit = () => "01234568"[Math.floor(random() * 8)]!;
  return Array.from({ length: problems * 6 }, (_, i) => {
    const problem = `1+${Math.floor(i / 6)}`;
    const steps: string[] = [];
    const labels: (0 | 1)[] = [];
    while (labels.length < 3 && labels.at(-1) !== 0) {
      const isWrong = random() < 0.3;
      const text = [digit(), digit(), digit()];
      if (isWrong) text[Math.floor(random() * 3)] = "7";
      steps.push(text.join(""));
      labels.push(isWrong ? 0 : 1);
    }
    const answer = labels.length === 3 ? digit() : null;
    // After a wrong step there is another, which has no label.
    if (answer === null) steps.push("777");
    return { family: "marked", level: 1, problem, steps, answer, labels, values: [] };
  });
}

const SUBJECT: Subject = {
  kind: "judging",
  attempts: markedAttempts(200, 5),
  languageWeight: 0.02,
};

async function learn(
  name: string,
  options: { untilStep: number; threads?: number; losses?: number[] },
): Promise<Stage> {
  const { losses, ...limits } = options;
  const stage = new Stage(folder, name, {});
  const log = new TrainingLog(path.join(folder, "log.ndjson")).stage({
    ...{ stage: name, size: "S", step: "prm", hash: "" },
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

test("E1, E2: judging is learnt to the same bits on one thread, on two, and after a kill", async () => {
  const whole = checkpointOf(await learn("whole", { untilStep: 6 }));
  expect(checkpointOf(await learn("one-thread", { untilStep: 6, threads: 1 }))).toBe(whole);
  const half = await learn("half", { untilStep: 3 });
  new Stage(folder, "resumed", {}).write(CHECKPOINT, half.read(CHECKPOINT));
  expect(checkpointOf(await learn("resumed", { untilStep: 6 }))).toBe(whole);
});

test("where wrong steps are marked, judging is learnt, and the PRM ranks unseen steps by the mark", async () => {
  const losses: number[] = [];
  const stage = await learn("marked", { untilStep: 300, losses });
  expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.5);
  const prm = writeGguf({
    ...{ name: "marked", config: TOY.model, vocabulary: VOCABULARY },
    parameters: readParameters(stage.read(CHECKPOINT), TOY.model),
    metadata: GENERATIVE_METADATA,
  });
  const unseen = markedAttempts(40, 6);
  const problems = await judgeSteps({ module: MODULE, prm }, unseen, {
    journal: stage.file("judged.journal"),
    onProgress: () => undefined,
  });
  const steps = problems.flatMap(({ attempts, result }, problem) =>
    attempts.flatMap(({ family, level, labels }, attempt) =>
      labels.map((label, depth): JudgedStep => {
        const score = result[attempt]![depth]!;
        return { problem, attempt, family, level, depth, final: false, label, score };
      }),
    ),
  );
  const pairs = rankingByProblem(steps);
  const ordered = pairs.reduce((sum, { numerator }) => sum + numerator, 0);
  const all = pairs.reduce((sum, { denominator }) => sum + denominator, 0);
  expect(all).toBeGreaterThan(100);
  expect(ordered / all).toBeGreaterThan(0.9);
});
