import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { convertRows, readRows } from "./convert.ts";
import { readJson, writeJson } from "./json-spelling.ts";
import { Prm800kRow, prm800k } from "./prm800k.ts";
import { collected } from "./random-judged.ts";
import { assertFits } from "./row-error.ts";
import { readRowTexts } from "./row-texts.ts";
import { trlStepwise } from "./trl-stepwise.ts";

const said = (text: string, rating: -1 | 0 | 1 | null, flagged: boolean | null = null) => ({
  ...{ text, rating, flagged },
});

/** Made by hand in the shape of phase 1: alternatives, and a step that a person wrote. */
const BRANCHED: Prm800kRow = {
  ...{ labeler: "someone", timestamp: "2022-07-01T10:00:00.000001", generation: null },
  ...{ is_quality_control_question: false, is_initial_screening_question: false },
  question: { problem: "What is 6·7−2?", ground_truth_answer: "40" },
  label: {
    steps: [
      {
        completions: [
          said("6·7 is 41.", -1, false),
          said("Let us think.", 0),
          said("6·7 is 42.", 1),
        ],
        ...{ human_completion: null, chosen_completion: 2 },
      },
      {
        completions: [said("42−2 is 38.", -1, true), said("42−2 is…", null)],
        human_completion: { text: "42−2 is 40.", rating: null, source: "human", flagged: false },
        chosen_completion: null,
      },
      {
        completions: [said("So it is 40.\n\n# Answer\n\n40", 1)],
        ...{ human_completion: null, chosen_completion: 0 },
      },
    ],
    ...{ total_time: 1234, finish_reason: "solution" },
  },
};

const stepsOf = (row: Prm800kRow) =>
  prm800k.read(row).map(({ steps }) => steps.map(({ text, rating }) => [text, rating]));

test("a row is its path, and a solution for every alternative that was judged", () => {
  const first = ["6·7 is 42.", 1];
  const byHand = ["42−2 is 40.", 1];
  expect(stepsOf(BRANCHED)).toEqual([
    [first, byHand, ["So it is 40.\n\n# Answer\n\n40", 1]],
    [["6·7 is 41.", -1]],
    [["Let us think.", 0]],
    [first, ["42−2 is 38.", -1]],
  ]);
  const [main, , , flagged] = prm800k.read(BRANCHED);
  expect(main).toMatchObject({ answer: "40", truth: "40", correct: true });
  expect(main!.steps.map(({ human }) => human)).toEqual([false, true, false]);
  expect(flagged!.steps.map((step) => step.flagged)).toEqual([false, true]);
});

test("a path that ends among alternatives is not said once more", () => {
  const [one, two] = BRANCHED.label.steps;
  const cut = { ...two!, human_completion: null };
  const row = {
    ...BRANCHED,
    label: { ...BRANCHED.label, steps: [one!, cut], finish_reason: "found_error" as const },
  };
  expect(stepsOf(row).map((steps) => steps.length)).toEqual([1, 1, 2]);
});

test("a path without a step says nothing", () => {
  const steps = [{ completions: null, human_completion: null, chosen_completion: null }];
  expect(stepsOf({ ...BRANCHED, label: { ...BRANCHED.label, steps } })).toEqual([]);
});

test("nothing follows on a step that was neither chosen nor written", () => {
  const [one, two, three] = BRANCHED.label.steps;
  const steps = [one!, { ...two!, human_completion: null }, three!];
  const row = { ...BRANCHED, label: { ...BRANCHED.label, steps } };
  expect(stepsOf(row).map((path) => path.at(-1)![0])).toEqual([
    "6·7 is 41.",
    "Let us think.",
    "42−2 is 38.",
  ]);
});

test("in phase 2 the given solution goes on, unjudged, after the first error", () => {
  const question = { ...BRANCHED.question, pre_generated_steps: ["a", "b", "c"] };
  const row = {
    ...BRANCHED,
    question,
    label: {
      steps: [
        { completions: [said("a", 1)], human_completion: null, chosen_completion: 0 },
        {
          completions: [said("x", 1), said("b", -1)],
          human_completion: null,
          chosen_completion: null,
        },
      ],
      ...{ total_time: 1, finish_reason: "found_error" as const },
    },
  };
  expect(stepsOf(row)).toEqual([
    [
      ["a", 1],
      ["b", -1],
      ["c", null],
    ],
    [
      ["a", 1],
      ["x", 1],
    ],
  ]);
});

test("a choice of what is not there is refused, with its place", () => {
  const steps = BRANCHED.label.steps.with(2, { ...BRANCHED.label.steps[2]!, chosen_completion: 1 });
  const row = { ...BRANCHED, label: { ...BRANCHED.label, steps } };
  expect(() => prm800k.read(row)).toThrow("1 of 1 completions");
  expect(() =>
    assertFits(Prm800kRow, { ...row, label: { ...row.label, finish_reason: "tired" } }),
  ).toThrow();
});

/** Folder with what nobody here made; see docs/training-data.md. */
const FOREIGN =
  process.env["SENTEI_FOREIGN_DATA"] ??
  path.resolve(import.meta.dirname, "../../../../shared/data");
const REAL = path.join(FOREIGN, "prm800k-readme-line.jsonl");

test.skipIf(!existsSync(REAL))(
  "F1: a published line comes back byte for byte, spelled either way",
  async () => {
    const bytes = readFileSync(REAL);
    const settings = {
      neutral: "right",
      generator: null,
      labeler: "me",
      timestamp: "2024-01-01T00:00:00",
    } as const;
    const rows = () => readRows(readRowTexts([bytes]), null);
    const [same, ...more] = await collected(convertRows(rows(), prm800k, settings));
    expect(more).toEqual([]);
    expect(same).toEqual({ line: 1, text: bytes.toString("utf8").trimEnd(), isRespelled: false });

    const { value, spelling } = readJson(bytes.toString("utf8").trimEnd());
    const spaced = writeJson(value, { ...spelling, afterComma: " ", afterColon: " " });
    const again = readJson(spaced);
    expect(writeJson(again.value, again.spelling)).toBe(spaced);

    assertFits(Prm800kRow, value);
    expect(value.label.finish_reason).toBe("found_error");
    expect(value.label.steps).toHaveLength(3);
    const labels = (await collected(convertRows(rows(), trlStepwise, settings))).map((row) =>
      "text" in row ? JSON.parse(row.text).labels : row.error,
    );
    const before = [true, true];
    expect(labels).toEqual([
      [...before, false],
      [...before, true],
      [...before, false],
      [...before, true],
      [...before, true],
    ]);
  },
);
