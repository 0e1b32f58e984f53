import fc from "fast-check";
import { expect, test } from "vitest";
import {
  createVocabulary,
  encodePrompt,
  encodeSolution,
  VOCABULARY,
  VocabularyError,
} from "./vocabulary.ts";

test("ids are those that trained models know", () => {
  expect(VOCABULARY.tokens.slice(0, 7).join(" ")).toBe(
    "<pad> <user> </user> <reasoning> </reasoning> <assistant> </assistant>",
  );
  expect(VOCABULARY.tokens.slice(7).join("")).toBe(
    "\n 0123456789+-*/()=>.,abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ<:;?!'\"%^_[]{}|",
  );
  expect(VOCABULARY.tokens).toHaveLength(96);
});

test("text survives its ids, and never spells a control token", () => {
  const characters = VOCABULARY.tokens.slice(7);
  const text = fc.oneof(
    fc.array(fc.constantFrom(...characters)).map((parts) => parts.join("")),
    fc.array(fc.constantFrom(...VOCABULARY.tokens)).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (written) => {
      const ids = VOCABULARY.encode(written);
      expect(VOCABULARY.decode(ids)).toBe(written);
      expect(ids.some((id) => VOCABULARY.isControl(id))).toBe(false);
    }),
  );
});

test("a character that is not there is named with its offset", () => {
  expect(() => VOCABULARY.encode("3×4")).toThrow('"×" at offset 1');
  expect(() => VOCABULARY.encode("1+😀")).toThrow('"😀" at offset 2');
});

test("a solution is framed by control tokens, and its steps end where the next begins", () => {
  const solution = { problem: "2+3-1", steps: ["2+3=5", "5-1=4"], answer: "4" };
  const { tokens, promptLength, stepEnds } = encodeSolution(solution);
  expect(VOCABULARY.decode(tokens)).toBe(
    "<user>2+3-1</user><reasoning>2+3=5\n5-1=4</reasoning><assistant>4</assistant>",
  );
  const piece = (from: number, to?: number) => VOCABULARY.decode(tokens.slice(from, to));
  expect(piece(0, promptLength)).toBe("<user>2+3-1</user><reasoning>");
  expect(piece(promptLength, stepEnds[0])).toBe("2+3=5\n");
  expect(piece(stepEnds[0]!, stepEnds[1])).toBe("5-1=4</reasoning><assistant>4</assistant>");
  expect(stepEnds[1]).toBe(tokens.length);

  const open = encodeSolution({ ...solution, ended: false });
  expect(VOCABULARY.decode(open.tokens)).toBe("<user>2+3-1</user><reasoning>2+3=5\n5-1=4\n");
  const silent = encodeSolution({ ...solution, answer: null });
  expect(VOCABULARY.decode(silent.tokens)).toMatch(/5-1=4<\/reasoning>$/);
  expect(encodeSolution({ problem: "1", steps: [], answer: null }).stepEnds).toEqual([]);
});

test("of earlier turns a conversation holds questions and answers, and never their reasoning", () => {
  const characters = VOCABULARY.tokens.slice(7).filter((token) => token !== "\n");
  const anyText = fc
    .array(
      fc.oneof(fc.constantFrom(...characters), fc.constantFrom(...VOCABULARY.tokens.slice(1, 7))),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join(""));
  // As `EarlierTurn`, and with what a caller may have at hand: the whole solution.
  const anyTurn = fc.record({
    problem: anyText,
    steps: fc.array(anyText, { minLength: 1, maxLength: 4 }),
    answer: anyText,
  });
  fc.assert(
    fc.property(fc.array(anyTurn, { maxLength: 4 }), anyTurn, (earlier, last) => {
      const { tokens, promptLength, stepEnds } = encodeSolution({ earlier, ...last });
      const alone = encodeSolution(last);
      const before = tokens.length - alone.tokens.length;
      expect(tokens.slice(before)).toEqual(alone.tokens);
      expect(promptLength).toBe(before + alone.promptLength);
      expect(stepEnds).toEqual(alone.stepEnds.map((end) => end + before));
      const written = earlier.map(
        ({ problem, answer }) => `<user>${problem}</user><assistant>${answer}</assistant>`,
      );
      expect(VOCABULARY.decode(tokens.slice(0, before))).toBe(written.join(""));
      const controls = tokens.slice(0, before).filter((id) => VOCABULARY.isControl(id));
      const { "<user>": user, "</user>": asked } = VOCABULARY.control;
      const { "<assistant>": assistant, "</assistant>": answered } = VOCABULARY.control;
      expect(controls).toEqual(earlier.flatMap(() => [user, asked, assistant, answered]));
    }),
  );
});

test("a step with a line break would be two, so it is refused", () => {
  expect(() => encodeSolution({ problem: "1", steps: ["a\nb"], answer: null })).toThrow(
    VocabularyError,
  );
});

test.each([
  ["a token twice", [...VOCABULARY.tokens, "a"], '"a" occurs twice'],
  ["a token of two characters", [...VOCABULARY.tokens, "ab"], '"ab", is not one character'],
  ["no step delimiter", VOCABULARY.tokens.filter((token) => token !== "\n"), 'No token "\\n"'],
  ["no control token", VOCABULARY.tokens.slice(1), 'No token "<pad>"'],
])("a vocabulary with %s is refused", (_, tokens, message) => {
  expect(() => createVocabulary(tokens)).toThrow(message);
});

test("of an earlier turn a policy reads the question and the answer, in order", () => {
  const turn = fc.record({
    problem: fc.stringMatching(/^[0-9+]{1,9}$/),
    answer: fc.stringMatching(/^[0-9]{1,4}$/),
  });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 4 }), turn, (earlier, last) => {
      const text = VOCABULARY.decode(encodePrompt(VOCABULARY, last.problem, earlier));
      const before = earlier.map(
        ({ problem, answer }) => `<user>${problem}</user><assistant>${answer}</assistant>`,
      );
      expect(text).toBe(`${before.join("")}<user>${last.problem}</user><reasoning>`);
    }),
  );
});
