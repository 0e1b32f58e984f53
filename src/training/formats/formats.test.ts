import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RowContext } from "./format.ts";
import { detectFormat, FORMATS } from "./formats.ts";
import type { Json } from "./json-spelling.ts";
import { type Judged, judgedSolution, judgedStep, NEUTRALS, type Rating } from "./judged.ts";
import { mathShepherd } from "./math-shepherd.ts";
import { openrlhfPrm } from "./openrlhf-prm.ts";
import { prm800k } from "./prm800k.ts";
import { processbench } from "./processbench.ts";
import { anyAttempt, anyText, type Posed } from "./random-judged.ts";
import { assertFits, RowError } from "./row-error.ts";
import { senteiLabels } from "./sentei-labels.ts";
import { trlStepwise } from "./trl-stepwise.ts";
import { verlPrompts } from "./verl-prompts.ts";

const CONTEXT: RowContext = {
  ...{ line: 7, solution: 2, neutral: "right", generator: "tiny", labeler: "me" },
  timestamp: "2024-01-01T00:00:00.000",
};
const READABLE = FORMATS.filter(({ row }) => row !== null);

/** A text that every format can hold: no mark, no number of a step, no space at an edge. */
const plain = anyText.map((text) => `[${text.replaceAll("ки", "").replaceAll(/step/gi, "")}]`);
const rating = fc.constantFrom<Rating>(-1, 0, 1);

/** Judged from the first step up to some step, as a labeller leaves it. */
const anyJudged: fc.Arbitrary<Judged> = fc
  .record({
    problem: plain,
    texts: fc.array(plain, { minLength: 1, maxLength: 5 }),
    ratings: fc.array(rating, { minLength: 1, maxLength: 5 }),
    truth: fc.option(plain),
    correct: fc.boolean(),
  })
  .map(({ problem, texts, ratings, truth, correct }) => ({
    ...judgedSolution(
      problem,
      texts.map((text, i) => judgedStep(text, ratings[i] ?? null)),
    ),
    ...{ truth, correct },
  }));

/** Reads a value that has the shape of the format. */
function read(format: (typeof FORMATS)[number], value: Json): Judged[] {
  assertFits(format.row!, value);
  return format.read(value);
}

/** What it throws, which has to be a `RowError`; `null` if nothing. */
function refusal(work: () => unknown): RowError | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof RowError) return error;
    throw error;
  }
}

const labelsOf = ({ steps }: Judged) => steps.map(({ rating: label }) => label);
const textsOf = ({ steps }: Judged) => steps.map(({ text }) => text);

describe.each(["trl-stepwise", "math-shepherd", "openrlhf-prm"])("%s", (name) => {
  const format = READABLE.find((candidate) => candidate.name === name)!;

  test("F3: what is written comes back: the labelled steps, each right or wrong", () => {
    fc.assert(
      fc.property(anyJudged, fc.constantFrom(...NEUTRALS), (solution, neutral) => {
        const labels = labelsOf(solution).filter((label) => label !== null);
        const dropped = neutral === "drop" ? labels.indexOf(0) : -1;
        const expected = labels
          .slice(0, dropped < 0 ? labels.length : dropped)
          .map((label) => (label === 0 ? (neutral === "right" ? 1 : -1) : label));
        if (expected.length === 0) {
          expect(refusal(() => format.write(solution, { ...CONTEXT, neutral }))).not.toBe(null);
          return;
        }
        const [back, ...more] = read(format, format.write(solution, { ...CONTEXT, neutral }));
        expect(more).toEqual([]);
        expect(back!.problem).toBe(solution.problem);
        expect(textsOf(back!)).toEqual(textsOf(solution).slice(0, expected.length));
        expect(labelsOf(back!)).toEqual(expected);
      }),
    );
  });
});

test("F3: ProcessBench keeps all steps, the first wrong one and whether the answer is right", () => {
  fc.assert(
    fc.property(anyJudged, (solution) => {
      const labels = labelsOf(solution);
      const first = labels.indexOf(-1);
      const write = () => processbench.write(solution, CONTEXT);
      if (first < 0 && labels.includes(null)) {
        expect(refusal(write)?.field).toBe("label");
        return;
      }
      const row = write();
      expect(row.label).toBe(first);
      const [back] = read(processbench, row);
      expect(textsOf(back!)).toEqual(textsOf(solution));
      const expected = labels.map((_, i) => (i === first ? -1 : first < 0 || i < first ? 1 : null));
      expect(labelsOf(back!)).toEqual(expected);
      expect(back).toMatchObject({ correct: solution.correct, generator: "tiny", id: "line-7-2" });
      expect(processbench.write(back!, CONTEXT)).toEqual(row);
    }),
  );
});

test("F3: PRM800K keeps ratings up to the first wrong step, and all steps", () => {
  fc.assert(
    fc.property(anyJudged, (solution) => {
      const row = prm800k.write(solution, CONTEXT);
      const [back, ...more] = read(prm800k, row);
      const labels = labelsOf(solution);
      const first = labels.indexOf(-1);
      const judged = labels.map((label, i) => (first >= 0 && i > first ? null : label));
      expect(more).toEqual([]);
      expect(labelsOf(back!)).toEqual(judged);
      expect(row.label.steps).toHaveLength(judged.filter((label) => label !== null).length);
      expect(textsOf(back!)).toEqual(textsOf(solution));
      expect(back).toMatchObject({ problem: solution.problem, truth: solution.truth });
    }),
  );
});

/** A row of our label file: exact labels up to the first 0, which a labeller who never errs gives. */
function labelledRow({ family, problem, attempt: { steps, answer } }: Posed, zeroAt: number) {
  const many = answer === null ? steps.length - 1 : steps.length;
  const labels = Array.from({ length: many }, (_, i) => (i === zeroAt ? 0 : 1) as 0 | 1);
  const until = zeroAt < many ? zeroAt + 1 : many;
  return {
    ...{ family: family.name, level: family.levelOf(problem), problem: family.render(problem) },
    ...{ steps: [...steps], answer, labels: labels.slice(0, until) },
    values: labels.slice(0, until).map(() => null),
  };
}

test("F3: our own labels go to PRM800K and come back as they were", () => {
  fc.assert(
    fc.property(anyAttempt, fc.nat({ max: 8 }), (posed, zeroAt) => {
      const row = labelledRow(posed, zeroAt);
      if (row.labels.length === 0) return;
      const [solution] = read(senteiLabels, row);
      const [back, ...more] = read(prm800k, prm800k.write(solution!, CONTEXT));
      expect(more).toEqual([]);
      expect(senteiLabels.write(back!, CONTEXT)).toEqual(row);
    }),
  );
});

test("F3: what none of our families asks has no place among our labels", () => {
  const solution = judgedSolution("What is love?", [judgedStep("Baby", 1)]);
  expect(refusal(() => senteiLabels.write(solution, CONTEXT))?.field).toBe("problem");
});

test("verl gets the problem and the right answer, and only where that is known", () => {
  const solution = judgedSolution("1+1", [judgedStep("2", 1)]);
  expect(refusal(() => verlPrompts.write(solution, CONTEXT))?.field).toContain("ground_truth");
  expect(verlPrompts.write({ ...solution, truth: "2" }, CONTEXT)).toEqual({
    ...{ data_source: "sentei", prompt: [{ role: "user", content: "1+1" }], ability: "math" },
    reward_model: { style: "rule", ground_truth: "2" },
    extra_info: { split: "train", index: 7 },
  });
});

test("every row is found to be of its own format", () => {
  fc.assert(
    fc.property(anyAttempt, (posed) => {
      const row = labelledRow(posed, 1);
      if (row.labels.length === 0) return;
      const [solution] = read(senteiLabels, row);
      for (const format of READABLE) {
        const written = { value: null as Json };
        if (refusal(() => (written.value = format.write(solution!, CONTEXT)))) continue;
        expect(detectFormat(written.value)?.name).toBe(format.name);
      }
    }),
  );
  for (const value of [null, 1, [], {}, { prompt: "a" }, { label: "a" }]) {
    expect(detectFormat(value)).toBe(null);
  }
});

describe.each(READABLE)("$name", (format) => {
  const steps = [judgedStep("12-8", 1), judgedStep("5", -1)];
  const solution = { ...judgedSolution("3*4-8", steps), truth: "4", answer: "5", correct: false };
  const good = format.write(solution, CONTEXT) as { [key: string]: Json };

  test("keys that nobody knows are kept, and hurt nobody", () => {
    const row = { extra: { a: [1] }, ...good, "another key": null };
    expect(read(format, row)).toEqual(read(format, good));
    expect(Object.keys(row).at(-1)).toBe("another key");
  });

  test("a required key that is missing or of another type is named", () => {
    const isOptional = (key: string) =>
      refusal(() =>
        read(format, Object.fromEntries(Object.entries(good).filter(([k]) => k !== key))),
      ) === null;
    const needed = Object.keys(good).filter((key) => !isOptional(key));
    expect(needed.length).toBeGreaterThan(1);
    for (const key of needed) {
      for (const value of [undefined, { a: 1 }]) {
        const error = refusal(() => read(format, { ...good, [key]: value as Json }));
        expect(error?.field.split(".")[0]).toBe(key);
        expect(error?.message).not.toBe("");
      }
    }
  });

  test("a row with anything in the place of anything is read or refused", () => {
    const places = pathsIn(good);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
        const row = replaced(good, place, value as Json);
        refusal(() => read(format, row));
      }),
      { numRuns: 300 },
    );
  });
});

function pathsIn(value: Json): (string | number)[][] {
  if (value === null || typeof value !== "object") return [[]];
  return Object.entries(value).flatMap(([key, item]) => [
    [key],
    ...pathsIn(item).map((path) => [key, ...path]),
  ]);
}

function replaced(value: Json, [key, ...rest]: readonly (string | number)[], by: Json): Json {
  if (key === undefined) return by;
  const item = (value as { [key: string]: Json })[key]!;
  if (Array.isArray(value)) return value.with(Number(key), replaced(item, rest, by));
  return { ...(value as { [key: string]: Json }), [key]: replaced(item, rest, by) };
}

const OURS = {
  family: "expressions",
  level: 2,
  problem: "1+2+3",
  steps: ["3+3", "6"],
  answer: "6",
};

test.each([
  [
    "more labels than steps",
    trlStepwise,
    { prompt: "a", completions: ["b"], labels: [true, true] },
    "labels",
  ],
  ["a soft label", trlStepwise, { prompt: "a", completions: ["b"], labels: [0.5] }, "labels.0"],
  ["no step", mathShepherd, { input: "a ки", label: "a +", task: "t" }, "input"],
  [
    "no sign",
    mathShepherd,
    { input: "a Step 1: b ки", label: "a Step 1: b ки", task: "t" },
    "label",
  ],
  [
    "another text",
    mathShepherd,
    { input: "a Step 1: b ки", label: "a Step 1: c +", task: "t" },
    "label",
  ],
  [
    "more text",
    mathShepherd,
    { input: "a Step 1: b ки", label: "a Step 1: b + c", task: "t" },
    "label",
  ],
  [
    "a mark in the problem",
    mathShepherd,
    { input: "a ки Step 1: b ки", label: "a + Step 1: b +", task: "t" },
    "input",
  ],
  [
    "a step that is left out",
    mathShepherd,
    { input: "a Step 1: b ки Step 3: c ки", label: "a Step 1: b + Step 3: c +", task: "t" },
    "input",
  ],
  [
    "no mark at the end",
    mathShepherd,
    { input: "a Step 1: b ки c", label: "a Step 1: b + c", task: "t" },
    "input",
  ],
  [
    "two first steps",
    mathShepherd,
    { input: "a Step 1: b Step 1: c ки", label: "a Step 1: b Step 1: c +", task: "t" },
    "input",
  ],
  ["a sign too many", openrlhfPrm, { input: "a Step 1: b ки", value: ["+", "-"] }, "value"],
  ["a label after a 0", senteiLabels, { ...OURS, labels: [0, 1], values: [null, null] }, "labels"],
  ["a value too few", senteiLabels, { ...OURS, labels: [1, 1], values: [null] }, "values"],
  [
    "an error after the end",
    processbench,
    { id: "a", generator: "b", problem: "c", steps: ["d"], final_answer_correct: true, label: 1 },
    "label",
  ],
])("%s is refused, not guessed", (_, format, row, field) => {
  expect(refusal(() => read(format as (typeof FORMATS)[number], row))?.field).toBe(field);
});

test("Math-Shepherd's rows are taken apart at the marks", () => {
  const row = {
    input: "Two and two? Step 1: 2 + 2 = 4 ки\nStep 2: The answer is: 5 ки",
    label: "Two and two? Step 1: 2 + 2 = 4 +\nStep 2: The answer is: 5 -",
    task: "GSM8K",
  };
  const [solution] = read(mathShepherd, row);
  expect(solution?.problem).toBe("Two and two?");
  expect(textsOf(solution!)).toEqual(["2 + 2 = 4", "The answer is: 5"]);
  expect(labelsOf(solution!)).toEqual([1, -1]);
  expect(mathShepherd.write(solution!, CONTEXT)).toEqual({ ...row, task: "sentei" });
});

test.each([
  ["a mark in a step", "1+1", ["2 ки"]],
  ["a mark in the problem", "ки", ["2"]],
  ["a number of a step in the problem", "Read Step 1: of it", ["2"]],
  ["a number of a step in the first step", "1+1", ["Step 1: 2"]],
  ["space at an edge", "1+1", [" 2"]],
])("%s cannot be said with marks, and is not changed so that it can", (_, problem, texts) => {
  const solution = judgedSolution(
    problem,
    texts.map((text) => judgedStep(text, 1)),
  );
  expect(refusal(() => mathShepherd.write(solution, CONTEXT))?.field).toBe("input");
});
