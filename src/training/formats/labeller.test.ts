import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../lib/random.ts";
import { FAMILIES } from "../../problems/families.ts";
import { exactLabels } from "../../problems/label-steps.ts";
import { type Labelled, labelAttempt } from "../labels/labels.ts";
import { convertRows, readRows } from "./convert.ts";
import { type Json, PYTHON, writeJson } from "./json-spelling.ts";
import { labelTogether } from "./label-together.ts";
import { exactRatings, judgeAttempt, type Labeller } from "./labeller.ts";
import { Prm800kRow, prm800k } from "./prm800k.ts";
import { anyAttempt, collected, type Posed } from "./random-judged.ts";
import { assertFits } from "./row-error.ts";
import { readRowTexts } from "./row-texts.ts";
import { senteiLabels } from "./sentei-labels.ts";

const BY = { labeler: "checker", timestamp: "2024-01-01T00:00:00" };
const EXACT: Labeller = { errorRate: 0, seed: 1 };
/** As the exact labels have it: a step that leads nowhere is not on the way. */
const SETTINGS = { ...BY, neutral: "wrong", generator: null } as const;

/** Rows → a file of PRM800K → our label file. */
async function throughFile(rows: readonly Json[]): Promise<Labelled[]> {
  const file = rows.map((row) => `${writeJson(row, PYTHON)}\n`).join("");
  const read = readRows(readRowTexts([new TextEncoder().encode(file)]), prm800k);
  const written = await collected(convertRows(read, senteiLabels, SETTINGS));
  return written.map((row) => {
    if ("error" in row) throw row.error;
    return JSON.parse(row.text) as Labelled;
  });
}

const row = (labeller: Labeller, posed: Posed) =>
  prm800k.write(judgeAttempt(labeller, posed, posed.attempt), {
    ...SETTINGS,
    line: 1,
    solution: 0,
  });

test("F5: a labeller who never errs gives exact labels, all the way through a file", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAttempt, { minLength: 1, maxLength: 5 }), async (all) => {
      const expected = all.map(({ family, problem, attempt }) => ({
        ...{ family: family.name, level: family.levelOf(problem), problem: family.render(problem) },
        ...{ steps: attempt.steps, answer: attempt.answer },
        labels: labelAttempt(family, problem, attempt),
      }));
      const labelled = all.filter((_, i) => expected[i]!.labels.length > 0);
      const got = await throughFile(labelled.map((posed) => row(EXACT, posed)));
      expect(got).toEqual(
        expected
          .filter(({ labels }) => labels.length > 0)
          .map((one) => ({ ...one, values: one.labels.map(() => null) })),
      );
    }),
  );
});

test("F5: with error rate e, the share of wrong ratings is e", () => {
  const attempts = fc.sample(anyAttempt, { numRuns: 1500, seed: 5 });
  for (const errorRate of [0.1, 1]) {
    let [ratings, wrong] = [0, 0];
    const seen = new Set<string>();
    for (const posed of attempts) {
      const exact = exactRatings(posed.family, posed.problem, posed.attempt);
      const given = judgeAttempt({ errorRate, seed: 11 }, posed, posed.attempt).steps;
      for (const [i, { rating }] of given.entries()) {
        const key = JSON.stringify([
          posed.family.render(posed.problem),
          posed.attempt.answer,
          given.slice(0, i + 1),
        ]);
        if (rating === null || seen.has(key)) continue;
        seen.add(key);
        ratings++;
        if (rating !== exact[i]!.rating) wrong++;
      }
    }
    expect(ratings).toBeGreaterThan(1500);
    // Five standard deviations of a binomial share.
    const bound = 5 * Math.sqrt((errorRate * (1 - errorRate)) / ratings);
    expect(Math.abs(wrong / ratings - errorRate)).toBeLessThanOrEqual(bound);
  }
});

test("the same labeller says the same, whatever it judged before; another one does not", () => {
  const posed = fc.sample(anyAttempt, { numRuns: 200, seed: 3 });
  const judged = (seed: number, of: Posed[]) =>
    of.map((one) => judgeAttempt({ errorRate: 0.5, seed }, one, one.attempt));
  expect(judged(1, posed.toReversed()).toReversed()).toEqual(judged(1, posed));
  expect(judged(2, posed)).not.toEqual(judged(1, posed));
});

test("1 is on the way, 0 is right and leads nowhere, -1 is wrong, and lines that cannot be read are flagged", () => {
  fc.assert(
    fc.property(anyAttempt, (posed) => {
      const { family, problem, attempt } = posed;
      const verdicts = exactLabels(family, problem, attempt.steps);
      const { steps, correct } = judgeAttempt(EXACT, posed, attempt);
      const ends = steps.findIndex(({ rating }) => rating === -1);
      for (const [i, { rating, flagged }] of steps.entries()) {
        const verdict = verdicts[i]!;
        const isLast = i === steps.length - 1;
        if (ends >= 0 && i > ends)
          expect({ rating, flagged }).toEqual({ rating: null, flagged: false });
        else if (isLast && attempt.answer === null) expect(rating).toBe(null);
        else if (!verdict.right) {
          expect(rating).toBe(-1);
          expect(flagged).toBe(verdict.fault === "malformed");
        } else if (isLast && !correct) expect(rating).toBe(-1);
        else expect(rating).toBe(verdict.reachable ? 1 : 0);
      }
    }),
  );
});

/** Several attempts at one problem, by a policy that is often wrong. */
const together = fc
  .array(anyAttempt, { minLength: 1, maxLength: 6 })
  .chain(([first]) =>
    fc.record({
      posed: fc.constant(first!),
      others: fc.array(fc.record({ seed: fc.nat(), spoil: fc.boolean() }), { maxLength: 6 }),
    }),
  )
  .map(({ posed, others }) => ({
    posed,
    attempts: [
      posed.attempt,
      ...others.map(({ seed, spoil }) => {
        const drawn = posed.family.writeSolution(posed.problem, createRandom(seed), "solved");
        return spoil ? { ...drawn, steps: drawn.steps.with(0, "no line") } : drawn;
      }),
    ],
  }));

test("F5: many attempts in one row: what is chosen or written by hand is right, and labels are exact", async () => {
  await fc.assert(
    fc.asyncProperty(together, async ({ posed, attempts }) => {
      const made = labelTogether(EXACT, posed, attempts, BY);
      assertFits(Prm800kRow, made);
      for (const { human_completion: human, completions, chosen_completion } of made.label.steps) {
        const ratings = completions!.map(({ rating }) => rating);
        if (human) expect(ratings.every((rating) => rating === -1)).toBe(true);
        if (chosen_completion !== null) expect(ratings[chosen_completion]).not.toBe(-1);
        expect(human === null || chosen_completion === null).toBe(true);
      }
      const labelled = await throughFile(prm800k.read(made).length > 0 ? [made] : []);
      for (const { steps, answer, labels } of labelled) {
        // An alternative that is not the last is a step with more to come.
        const whole = answer === null ? [...steps, ""] : steps;
        expect(labels).toEqual(labelAttempt(posed.family, posed.problem, { steps: whole, answer }));
      }
    }),
  );
});

test("where all that the policy wrote is wrong, the labeller writes a whole right solution", () => {
  for (const family of FAMILIES) {
    const problem = family.parse(family.example);
    const nonsense = [{ steps: ["no line", "nor this"], answer: "1" }];
    const made = labelTogether(EXACT, { family, problem }, nonsense, BY);
    expect(made.label.finish_reason).toBe("solution");
    // In the order in which PRM800K has them.
    expect(Object.keys(made.label)).toEqual(["steps", "total_time", "finish_reason"]);
    expect(made.label.steps[0]!.completions).toEqual([
      { text: "no line", rating: -1, flagged: true },
    ]);
    const [main] = prm800k.read(made);
    expect(main!.steps.every(({ human, rating }) => human && rating === 1)).toBe(true);
    const steps = main!.steps.map(({ text }) => text.split("\n")[0]!);
    expect(family.grade(problem, steps, main!.answer).correct).toBe(true);
  }
});
