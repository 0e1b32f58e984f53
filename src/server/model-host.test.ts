import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeGguf } from "../models/embedded/gguf.ts";
import { prmHeadMetadata } from "../models/embedded/prm-head.ts";
import { TINY, tinyParameters } from "../models/embedded/tiny-model.ts";
import { VOCABULARY } from "../models/embedded/vocabulary.ts";
import { Sampling } from "../protocol/events.ts";
import { readProblem } from "../runs/read-problem.ts";
import { listModels } from "./model-cards.ts";
import { openModels } from "./model-host.ts";

const folder = mkdtempSync(path.join(tmpdir(), "sentei-models-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PROBLEM = readProblem("1+2*3");
const signal = new AbortController().signal;

function writeModel(name: string, role: "policy" | "verifier", seed: number): void {
  const head = prmHeadMetadata({
    ...{ evidence: ["tokens"], evidenceWeight: [0.1], bias: 0.5, calibration: [1, 0] },
    hiddenWeight: Array.from({ length: TINY.width }, () => 0.01),
  });
  const file = writeGguf({
    ...{ name, config: TINY, vocabulary: VOCABULARY, parameters: tinyParameters(seed) },
    ...(role === "verifier" && { metadata: head }),
  });
  writeFileSync(path.join(folder, `${name}.gguf`), file);
  const card = {
    ...{ name, role, revision: `${name}-1`, about: "tiny", families: ["expressions"] },
    ...{ parameters: 1000, recipe: { tokens: 5 } },
  };
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(card));
}

beforeAll(() => {
  writeModel("tiny-policy", "policy", 1);
  writeModel("tiny-prm", "verifier", 2);
});

test("models are listed by their cards, embedded ones first, with what derives from them", () => {
  const names = (cards: readonly { name: string }[]) => cards.map(({ name }) => name);
  const { policies, verifiers } = listModels(folder);
  expect(policies[0]).toMatchObject({ name: "tiny-policy", recipe: { tokens: 5 } });
  expect(names(policies)).toEqual(
    expect.arrayContaining(["tiny-policy", "scripted", "scripted-slow"]),
  );
  expect(names(verifiers)).toEqual(["tiny-prm", "checker", "logprob", "scripted"]);
  const none = listModels(path.join(folder, "absent"));
  expect(names(none.policies)).not.toContain("tiny-policy");
  expect(names(none.verifiers)).toEqual(["checker", "scripted"]);
});

test("every listed model can be opened, says its card's name and revision, and works", async () => {
  const host = await openModels(folder);
  const { policies, verifiers } = host.list();
  const sampling = Sampling.parse({ maxStepTokens: 5 });
  for (const { name, revision } of policies) {
    const { policy, verifier } = await host.open({ policy: name, verifier: null }, PROBLEM);
    expect(verifier).toBeNull();
    expect({ name: policy.name, revision: policy.revision }).toEqual({ name, revision });
    const asks = [1, 2].map((seed) => ({ prefix: [], sampling, seed }));
    const answered: number[] = [];
    for await (const { ask } of policy.propose(asks, signal)) answered.push(ask);
    expect(answered.toSorted()).toEqual([0, 1]);
    policy.dispose();
  }
  for (const { name, revision } of verifiers) {
    const { policy, verifier } = await host.open({ policy: "scripted", verifier: name }, PROBLEM);
    expect({ name: verifier?.name, revision: verifier?.revision }).toEqual({ name, revision });
    const asks = [{ steps: ["1+6", "7"], ended: true, answer: "7" }];
    const { scores } = await verifier!.score(asks, signal);
    expect(scores[0]?.length).toBe(2);
    policy.dispose();
    verifier?.dispose();
  }
});

test("what does not exist or cannot be read is named", async () => {
  const host = await openModels(folder);
  const open = (policy: string, verifier: string | null) =>
    host.open({ policy, verifier }, PROBLEM);
  await expect(open("gpt", null)).rejects.toThrow(
    /no policy is called "gpt"; there are tiny-policy/,
  );
  await expect(open("scripted", "oracle")).rejects.toThrow(/no verifier is called "oracle"/);
  await expect(open("tiny-prm", null)).rejects.toThrow(/no policy/);

  const file = path.join(folder, "tiny-prm.gguf");
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, 1000));
  const fresh = await openModels(folder);
  const opening = fresh.open({ policy: "scripted", verifier: "tiny-prm" }, PROBLEM);
  await expect(opening).rejects.toThrow();
  writeFileSync(file, whole);

  const broken = path.join(folder, "broken.json");
  writeFileSync(broken, "{}");
  expect(() => listModels(folder)).toThrow(/broken\.json cannot be read/);
  rmSync(broken);
});

test("a model that is trained while a server runs can be asked for at once, and anew", async () => {
  const host = await openModels(folder);
  const names = () => host.list().policies.map(({ name }) => name);
  const revision = async (name: string) =>
    (await host.open({ policy: name, verifier: null }, PROBLEM)).policy.revision;
  expect(names()).not.toContain("tiny-new");
  writeModel("tiny-new", "policy", 3);
  expect(names()).toContain("tiny-new");
  expect(await revision("tiny-new")).toBe("tiny-new-1");

  const card = path.join(folder, "tiny-new.json");
  const written = readFileSync(card, "utf8");
  writeFileSync(card, written.slice(0, 20));
  expect(await revision("tiny-new")).toBe("tiny-new-1");
  writeFileSync(card, written.replace("tiny-new-1", "tiny-new-second"));
  expect(await revision("tiny-new")).toBe("tiny-new-second");
  rmSync(card);
  expect(names()).not.toContain("tiny-new");
});

test("a slow script waits, and stops waiting when it is told", async () => {
  const host = await openModels(folder);
  const { policy } = await host.open({ policy: "scripted-slow", verifier: null }, PROBLEM);
  const stop = new AbortController();
  const sampling = Sampling.parse({});
  const steps = policy.propose([{ prefix: [], sampling, seed: 1 }], stop.signal);
  const first = steps[Symbol.asyncIterator]().next();
  stop.abort(new Error("enough"));
  await expect(first).rejects.toThrow("enough");
});
