import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeForJudging, insertJudgements, judgementTokens } from "./judgements.ts";
import { createVocabulary, encodeSolution, VOCABULARY, VocabularyError } from "./vocabulary.ts";

const { right, wrong } = judgementTokens(VOCABULARY);

/** Steps that look like judgements, too. */
const AnySolution = fc.record({
  problem: fc.stringMatching(/^[0-9+-]{1,9}$/),
  steps: fc.array(fc.stringMatching(/^[0-9+-]{0,6}$/), { maxLength: 5 }),
  answer: fc.option(fc.stringMatching(/^[0-9+-]{0,3}$/)),
  ended: fc.boolean(),
  earlier: fc.array(fc.record({ problem: fc.constant("1+1"), answer: fc.constant("2") }), {
    maxLength: 2,
  }),
});

test("a solution without its judgements is the solution", () => {
  fc.assert(
    fc.property(AnySolution, fc.infiniteStream(fc.boolean()), fc.nat(6), (of, say, count) => {
      const plain = encodeSolution(of);
      const judgements = [...say.take(count)].map((isRight) => (isRight ? right : wrong));
      const { tokens, promptLength, stepEnds } = insertJudgements(plain, judgements);
      const given = judgements.slice(0, of.steps.length);
      expect(stepEnds.slice(0, given.length).map((end) => tokens[end])).toEqual(given);
      const places = new Set(stepEnds.slice(0, given.length));
      expect(tokens.filter((_, i) => !places.has(i))).toEqual(plain.tokens);
      expect(promptLength).toBe(plain.promptLength);
      expect(stepEnds).toEqual(plain.stepEnds.map((end, i) => end + Math.min(i, given.length)));
    }),
  );
});

test("a solution is read with every step but the last judged right", () => {
  const of = { problem: "2+3-1", steps: ["2+3=5", "5-1=4"], answer: "4" };
  expect(VOCABULARY.decode(encodeForJudging(of).tokens)).toBe(
    "<user>2+3-1</user><reasoning>2+3=5\n+5-1=4</reasoning><assistant>4</assistant>",
  );
  const empty = { problem: "1", steps: [], answer: null };
  expect(encodeForJudging(empty)).toEqual(encodeSolution(empty));
});

test("what is read of a prefix is how what is read of its continuations begins", () => {
  fc.assert(
    fc.property(AnySolution, (of) => {
      const whole = encodeForJudging(of);
      for (const [i, end] of whole.stepEnds.slice(0, -1).entries()) {
        const prefix = encodeForJudging({ ...of, steps: of.steps.slice(0, i + 1), ended: false });
        expect(prefix.tokens).toEqual(whole.tokens.slice(0, end));
        expect(prefix.stepEnds).toEqual(whole.stepEnds.slice(0, i + 1));
      }
    }),
  );
});

test("a vocabulary without a judgement is refused", () => {
  const tokens = VOCABULARY.tokens.filter((token) => token !== "-");
  expect(() => judgementTokens(createVocabulary(tokens))).toThrow(VocabularyError);
});
