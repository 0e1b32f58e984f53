import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent } from "../protocol/events.ts";
import type { RecordedAttempt } from "../protocol/traces.ts";
import { foldLog, type Tree } from "../protocol/tree.ts";
import { ModelError } from "../search/ports.ts";
import { record } from "../search/record.ts";
import { replayPolicy, replayVerifier } from "./replay.ts";
import { replayFacts, replayOf } from "./replay-trace.ts";

const problem = { family: null, parsed: null, text: "anything", level: null };
const { signal } = new AbortController();

async function logOf(attempts: RecordedAttempt[]): Promise<RunEvent[]> {
  const facts = replayFacts(replayOf({ attempts, about: "a test" }), {
    ...{ problem, signal, producer: "test@1", elapsedMs: () => 0 },
  });
  return collect(record(facts, { run: "replay", clock: () => 0, signal }));
}

async function collect<T>(things: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const thing of things) all.push(thing);
  return all;
}

/** Few different texts, so that attempts begin alike, are equal, or go on where another ends. */
const anyText = fc.constantFrom("a", "b", "", '","');
const anyAttempts = fc
  .tuple(
    fc.boolean(),
    fc.array(
      fc.record({
        steps: fc.array(anyText, { minLength: 1, maxLength: 5 }),
        answer: fc.option(anyText),
        draws: fc.infiniteStream(fc.constantFrom(0, 0.25, 0.5, 1)),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  )
  .map(([isScored, attempts]): RecordedAttempt[] =>
    attempts.map(({ steps, answer, draws }) => ({
      ...{ steps, answer },
      scores: isScored ? steps.map(() => draws.next().value) : null,
    })),
  );

/** The paths from the root to the leaves, as attempts; scores in single precision, as the tree has them. */
function pathsOf(tree: Tree, log: readonly RunEvent[]): string[] {
  const stated = new Map(log.flatMap((e) => (e.type === "answered" ? [[e.node, e.answer]] : [])));
  return Array.from({ length: tree.count }, (_, node) => node)
    .filter((node) => tree.firstChild[node] === -1)
    .map((leaf) => {
      const nodes = tree.path(leaf).slice(1);
      const scores = nodes.map((node) => tree.scoreAt(node, tree.seq));
      return keyOf({
        steps: nodes.map((node) => tree.step(node)),
        answer: stated.get(leaf) ?? null,
        scores: scores.some(Number.isNaN) ? null : scores,
      });
    })
    .toSorted();
}

/** An answer of nothing is one that nobody can read, and no search asks for the scores of what never ended. */
function keyOf({ steps, answer, scores }: RecordedAttempt): string {
  return JSON.stringify([steps, answer === "" ? null : answer, scores]);
}

function shown({ answer, scores, ...attempt }: RecordedAttempt, isScored: boolean): string {
  return keyOf({ ...attempt, answer, scores: isScored && answer !== null ? scores : null });
}

test("M12: the tree of a replay has exactly the recorded attempts as its paths, with their scores", async () => {
  await fc.assert(
    fc.asyncProperty(anyAttempts, async (attempts) => {
      const log = await logOf(attempts);
      expect(log.at(-1)!.type).toBe("finished");
      const isScored = attempts.every(({ scores }) => scores !== null);
      const expected = attempts.map((attempt) => shown(attempt, isScored)).toSorted();
      expect(pathsOf(foldLog(log), log)).toEqual(expected);
    }),
  );
});

test("M12: a replay says that it is one, and spends nothing", async () => {
  await fc.assert(
    fc.asyncProperty(anyAttempts, async (attempts) => {
      const log = await logOf(attempts);
      expect(log[0]).toMatchObject({ type: "started", policy: { name: "replayed a test" } });
      for (const event of log) {
        if (event.type === "proposed") expect(event.origin).toBe("replay");
        if (!("use" in event)) continue;
        expect(event.use).toMatchObject({ policyTokens: 0, policyCalls: 0, prmCalls: 0 });
      }
    }),
  );
});

test("M12: what was not recorded is an error that says so", async () => {
  const attempts = [{ steps: ["a"], answer: "1", scores: [0.5] }];
  const identity = { name: "replayed", revision: "1" };
  const sampling = { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 };
  const ask = (prefix: string[]) => ({ prefix, sampling, seed: 0 });
  const policy = replayPolicy(attempts, identity);
  await expect(collect(policy.propose([ask(["b"])], signal))).rejects.toThrow(ModelError);
  await expect(collect(policy.propose([ask([]), ask([])], signal))).rejects.toThrow(
    "replayed has no further recorded step after 0 steps",
  );
  const verifier = replayVerifier(attempts, identity);
  const path = { steps: ["a"], ended: true, answer: "1" };
  await expect(verifier.score([{ ...path, answer: "2" }], signal)).rejects.toThrow(ModelError);
  expect((await verifier.score([path], signal)).scores).toEqual([[0.5]]);
  await expect(verifier.score([path], signal)).rejects.toThrow("no recorded scores");
});
