import { expect, test } from "vitest";
import type { ModelCard } from "../../../protocol/runs.ts";
import { usualModels } from "./comparison.ts";

const card = (name: string): ModelCard => ({
  ...{ name, revision: "1", role: "policy", about: "", parameters: 0, families: [] },
});
const usual = (...names: string[]) =>
  usualModels({ policies: names.map(card), verifiers: [card("prm")] });

test("a reinforced policy is compared with the one that it was made of, whatever their order", () => {
  const pair = { before: "s", after: "s-rl", verifier: "prm" };
  expect(usual("l", "s-rl", "s")).toEqual(pair);
  expect(usual("s", "s-rl")).toEqual(pair);
});

test("without such a pair it is the first two, and nothing where there is none", () => {
  expect(usual("s", "l", "x-rl")).toMatchObject({ before: "s", after: "l" });
  expect(usual("s")).toMatchObject({ before: "s", after: undefined });
});
