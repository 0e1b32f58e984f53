import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_USE } from "../protocol/budget.ts";
import { EVENT_VERSION, type Fact, type RunEvent } from "../protocol/events.ts";
import { foldLog, type Tree } from "../protocol/tree.ts";
import { tokenChoices } from "./panels/node/token-choices.ts";
import { readSolution } from "./panels/read/read-solution.ts";
import { contextText, ownText, tailText, tokenLines, writtenText } from "./token-text.ts";

interface TokenSpec {
  readonly text: string;
  readonly isControl?: boolean;
  readonly isAnswer?: boolean;
}

/** A tree of one chain of tokens. */
function chainOf(tokens: readonly TokenSpec[]): Tree {
  const facts: Fact[] = [
    {
      ...{ type: "started", problem: { family: null, text: "?", level: null }, unit: "token" },
      strategy: { name: "tokenGreedy", alternatives: 3, maxTokens: 512 },
      ...{ policy: { name: "p", revision: "1" }, verifier: null, seed: 0, budget: {} },
      sampling: { temperature: 0, topK: 0, topP: 1, maxStepTokens: 96 },
      producer: "test@0",
    },
    ...tokens.flatMap(({ text, isControl = false, isAnswer = false }, i): Fact[] => [
      { type: "expanded", node: i, first: i + 1, kids: 1 },
      {
        ...{ type: "proposed", node: i + 1, step: text, tokens: 1, origin: "policy", use: NO_USE },
        ...{ reasoningTokens: isAnswer ? 0 : 1, logprob: -0.1, ended: "step" },
        ...(isControl && { control: true }),
        ...(i === 0 && { others: [{ text: "z", logprob: -3 }] }),
      },
    ]),
  ];
  return foldLog(
    facts.map((fact, seq) => ({ v: EVENT_VERSION, run: "r", seq, t: 0, ...fact }) as RunEvent),
  );
}

const SOLUTION: readonly TokenSpec[] = [
  ...["1", "+", "2", "\n", "3"].map((text) => ({ text })),
  { text: "</reasoning>", isControl: true },
  { text: "<assistant>", isControl: true, isAnswer: true },
  { text: "3", isAnswer: true },
  { text: "</assistant>", isControl: true, isAnswer: true },
];

const anyText = fc.constantFrom("a", "bc", " ", "\n", "1\n");
const anyChain = fc.array(anyText, { minLength: 1, maxLength: 30 });

test("the text of a solution is read line by line, its answer apart, and what frames it is no text", () => {
  const tree = chainOf(SOLUTION);
  expect(tokenLines(tree, 9)).toEqual([
    { text: "1+2", nodes: [1, 2, 3, 4], isAnswer: false, isWhole: true },
    { text: "3", nodes: [5, 6], isAnswer: false, isWhole: true },
    { text: "3", nodes: [7, 8, 9], isAnswer: true, isWhole: true },
  ]);
  expect(tokenLines(tree, 3)).toEqual([
    { text: "1+2", nodes: [1, 2, 3], isAnswer: false, isWhole: false },
  ]);
  expect(writtenText(tree, 9)).toBe("1+2\n3</reasoning><assistant>3</assistant>");
});

test("U4: lines have all tokens in order, each once, and together are the text", () => {
  fc.assert(
    fc.property(anyChain, (texts) => {
      const tree = chainOf(texts.map((text) => ({ text })));
      const lines = tokenLines(tree, texts.length);
      expect(lines.flatMap(({ nodes }) => nodes)).toEqual(texts.map((_, i) => i + 1));
      expect(lines.map(({ text }) => text).join("\n")).toBe(texts.join("").replace(/\n$/, ""));
    }),
  );
});

test("the end of a text is the end of what was written, wherever it is cut", () => {
  fc.assert(
    fc.property(anyChain, fc.nat(12), (texts, most) => {
      const tree = chainOf(texts.map((text) => ({ text })));
      const whole = texts.join("");
      expect(writtenText(tree, texts.length)).toBe(whole);
      expect(whole.endsWith(tailText(tree, texts.length, most))).toBe(true);
      expect(tailText(tree, texts.length, most).length).toBeGreaterThanOrEqual(
        Math.min(most, whole.length),
      );
      const context = contextText(tree, texts.length, most + 1);
      expect(whole.endsWith(context.replace("…", ""))).toBe(true);
      expect(context.startsWith("…")).toBe(whole.length > most + 1);
    }),
  );
});

test("a space and a line end can be seen", () => {
  const tree = chainOf([{ text: " the" }, { text: "\n" }]);
  expect([ownText(tree, 1), ownText(tree, 2)]).toEqual(["␣the", "↵"]);
});

test("a solution of tokens is read by its lines; a selected token stands for its line", () => {
  const tree = chainOf(SOLUTION);
  const { steps, tokens } = readSolution(tree, 2, tree.seq);
  expect(steps.map(({ text, node, number }) => [text, node, number])).toEqual([
    ["1+2", 2, 1],
    ["3", 6, 2],
  ]);
  expect(tokens).toBe(9);
  expect(readSolution(tree, 2, 4).steps.map(({ text }) => text)).toEqual(["1+"]);
});

test("in the place of a token stand its siblings and what was told beside it, likeliest first", () => {
  const tree = chainOf(SOLUTION);
  const [own, other, ...more] = tokenChoices(tree, 1, tree.seq);
  expect(own).toMatchObject({ text: "1", node: 1 });
  expect(other).toMatchObject({ text: "z", node: null });
  expect(own!.probability).toBeCloseTo(Math.exp(-0.1));
  expect(more).toEqual([]);
});
