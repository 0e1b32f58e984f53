import type { RunEvent, UnknownEvent } from "../../../protocol/events.ts";
import type { RunSpecInput } from "../../../protocol/runs.ts";
import { foldLog, type Tree } from "../../../protocol/tree.ts";
import { createRun } from "../../state/api.ts";
import { followRun } from "../../state/follow-run.ts";
import { t } from "../../words/t.ts";
import type { ShownAttempt } from "../AttemptCard.tsx";
import type { Comparison } from "./comparison.ts";

/** A run, and the solutions that it found. */
export interface Answers {
  readonly run: string;
  readonly attempts: readonly ShownAttempt[];
}

/** Solutions that are sampled besides the greedy one, and how freely. */
const SAMPLES = 3;
const TEMPERATURE = 0.8;

/** What one of the compared policies says: the likeliest solution, and some that it samples. Rejects with words for people. */
export async function ask(
  { problem, seed, verifier }: Comparison,
  policy: string,
  signal: AbortSignal,
): Promise<{ readonly greedy: Answers; readonly sampled: Answers }> {
  const run = (n: number, temperature: number, how: ShownAttempt["how"]) =>
    answersOf(
      { ...bestOf(n), problem, seed, verifier, policy, sampling: { temperature } },
      how,
      signal,
    );
  const [greedy, sampled] = await Promise.all([
    run(1, 0, "greedy"),
    run(SAMPLES, TEMPERATURE, "sampled"),
  ]);
  return { greedy, sampled };
}

/** The strategy that scores whole solutions and changes nothing in how they are written. */
function bestOf(n: number): Pick<RunSpecInput, "strategy"> {
  return { strategy: { name: "bestOfN", n } };
}

async function answersOf(
  spec: RunSpecInput,
  how: ShownAttempt["how"],
  signal: AbortSignal,
): Promise<Answers> {
  const { id } = await createRun(spec, { signal });
  const tree = foldLog(await wholeLog(id, signal));
  if (tree.ending?.type !== "finished") {
    throw new Error(
      t("The run of {policy} ended early: {why}.", {
        policy: spec.policy ?? "",
        why: tree.ending?.why ?? t("its log breaks off"),
      }),
    );
  }
  return { run: id, attempts: leavesOf(tree).map((leaf) => readAttempt(tree, leaf, how)) };
}

async function wholeLog(runId: string, signal: AbortSignal): Promise<(RunEvent | UnknownEvent)[]> {
  const log: (RunEvent | UnknownEvent)[] = [];
  let trouble: string | null = null;
  await followRun({
    ...{ runId, signal },
    onEvents: (events) => {
      log.push(...events);
      return undefined;
    },
    onConnection: (connection) => {
      trouble = connection.state === "failed" ? connection.message : null;
    },
  });
  signal.throwIfAborted();
  if (trouble !== null) throw new Error(trouble);
  return log;
}

function leavesOf(tree: Tree): number[] {
  return Array.from({ length: tree.count }, (_, node) => node).filter(
    (node) => tree.firstChild[node] === -1,
  );
}

function readAttempt(tree: Tree, leaf: number, how: ShownAttempt["how"]): ShownAttempt {
  const { answer = null, correct = null } = tree.answer(leaf, tree.seq) ?? {};
  const steps = tree
    .path(leaf)
    .slice(1)
    .map((node) => ({ text: tree.step(node), score: tree.scoreAt(node, tree.seq) }));
  return { how, steps, answer, correct };
}
