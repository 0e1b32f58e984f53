import { expect, test } from "vitest";
import { familyOf } from "../problems/families.ts";
import { HOSTILE_TEXTS, hostilePolicy } from "./hostile.ts";
import { scriptedPolicy } from "./scripted.ts";

const family = familyOf("expressions");
const text = "(7+5)*9-14*3";
const problem = { family, parsed: family.parse(text), text, level: 4 };
const sampling = { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 };
const asks = Array.from({ length: 200 }, (_, seed) => ({ prefix: [], sampling, seed }));

async function proposals() {
  const policy = hostilePolicy(scriptedPolicy(1, { problem }));
  return Array.fromAsync(policy.propose(asks, new AbortController().signal));
}

test("it writes every hostile text, whole, and the same for the same seed", async () => {
  const written = await proposals();
  expect(new Set(written.map((proposed) => proposed.text))).toEqual(new Set(HOSTILE_TEXTS));
  expect(await proposals()).toEqual(written);
});

test("everything but the words is the script's", async () => {
  const script = scriptedPolicy(1, { problem });
  const originals = await Array.fromAsync(script.propose(asks, new AbortController().signal));
  const bare = (proposed: { text: string; answer: string | null }) => ({
    ...proposed,
    text: "",
    answer: proposed.answer === null ? null : "",
  });
  expect((await proposals()).map(bare)).toEqual(originals.map(bare));
});

test("one text is as long as a log should ever have to hold", () => {
  expect(Math.max(...HOSTILE_TEXTS.map(({ length }) => length))).toBeGreaterThan(100_000);
});
