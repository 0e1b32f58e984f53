import { expect, test } from "vitest";
import { familyOf } from "../problems/families.ts";
import type { Policy, Proposed } from "../search/ports.ts";
import { HOSTILE_TEXTS, hostilePolicy } from "./hostile.ts";
import { scriptedPolicy } from "./scripted.ts";

const family = familyOf("expressions");
const text = "(7+5)*9-14*3";
const problem = { family, parsed: family.parse(text), text, level: 4 };
const sampling = { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 };
const asks = Array.from({ length: 200 }, (_, seed) => ({ prefix: [], sampling, seed }));

const script = () => scriptedPolicy(1, { problem });

async function proposalsOf(policy: Policy): Promise<Proposed[]> {
  const proposals: Proposed[] = [];
  const { signal } = new AbortController();
  for await (const proposed of policy.propose(asks, signal)) proposals.push(proposed);
  return proposals;
}

test("it writes every hostile text, whole, and the same for the same seed", async () => {
  const written = await proposalsOf(hostilePolicy(script()));
  expect(new Set(written.map((proposed) => proposed.text))).toEqual(new Set(HOSTILE_TEXTS));
  expect(await proposalsOf(hostilePolicy(script()))).toEqual(written);
});

test("everything but the words is the script's", async () => {
  const [originals, written] = await Promise.all([
    proposalsOf(script()),
    proposalsOf(hostilePolicy(script())),
  ]);
  const bare = ({ answer, ...proposed }: Proposed) => ({
    ...proposed,
    text: "",
    states: answer !== null,
  });
  expect(written.map(bare)).toEqual(originals.map(bare));
});

test("one text is as long as a log should ever have to hold", () => {
  expect(Math.max(...HOSTILE_TEXTS.map(({ length }) => length))).toBeGreaterThan(100_000);
});
