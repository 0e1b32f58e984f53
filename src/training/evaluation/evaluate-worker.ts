import { parentPort, workerData } from "node:worker_threads";
import { checkerVerifier } from "../../models/checker.ts";
import { createEmbeddedPolicy } from "../../models/embedded/embedded-policy.ts";
import { createEmbeddedVerifier, readPrm } from "../../models/embedded/embedded-verifier.ts";
import { Engine } from "../../models/embedded/engine.ts";
import { readGguf } from "../../models/embedded/gguf.ts";
import { createLogprobVerifier } from "../../models/embedded/logprob-verifier.ts";
import { familyOf } from "../../problems/families.ts";
import type { Family } from "../../problems/family.ts";
import { Budget, type Use } from "../../protocol/budget.ts";
import type { Sampling } from "../../protocol/events.ts";
import { Strategy } from "../../protocol/strategies.ts";
import type { Policy, Verifier } from "../../search/ports.ts";
import { search } from "../../search/strategies.ts";
import { attempt } from "../labels/attempt.ts";
import { labelAttempt } from "../labels/labels.ts";

export interface EvaluationSetting {
  readonly module: WebAssembly.Module;
  readonly policy: Uint8Array<ArrayBuffer>;
  readonly prm: Uint8Array<ArrayBuffer>;
  /** The PRM's body as a policy. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly sampling: Sampling;
  readonly n: number;
  readonly m: number;
}

/** One held-out problem. */
export interface EvaluationJob {
  readonly family: string;
  readonly level: number;
  readonly seed: number;
}

export interface Pairs {
  /** Pairs of a right and a wrong step, ties counted half. */
  readonly ordered: number;
  readonly pairs: number;
}

export interface Evaluated extends EvaluationJob {
  /** By figure of the card. */
  readonly runs: Readonly<Record<string, { correct: boolean; use: Use }>>;
  /** Of `n` samples: how many were right. */
  readonly samplesRight: number;
  readonly ranking: Readonly<Record<"prm" | "logprob", { mid: Pairs; final: Pairs }>>;
}

interface Bench<P> {
  readonly family: Family<P>;
  readonly problem: P;
  readonly text: string;
  readonly policy: Policy;
  readonly body: Policy;
  readonly prm: Verifier;
  readonly logprob: Verifier;
  readonly checker: Verifier;
}

const never = new AbortController().signal;

async function runSearch<P>(
  { family, problem, text }: Bench<P>,
  strategy: Strategy,
  models: { policy: Policy; verifier: Verifier | null },
  { sampling, seed, level }: { sampling: Sampling; seed: number; level: number },
): Promise<{ correct: boolean; use: Use }> {
  let correct = false;
  const facts = search(strategy, {
    problem: { family, parsed: problem, text, level },
    ...models,
    ...{ sampling, seed, budget: Budget.parse({}), signal: never },
    ...{ producer: "training", elapsedMs: () => 0 },
  });
  for await (const fact of facts) {
    if (fact.type === "selected") correct = fact.correct === true;
    if (fact.type === "finished") return { correct, use: fact.use };
  }
  throw new Error(`the search of ${text} did not finish`);
}

/**
 * How well a verifier orders right above wrong among the steps at the same depth
 * of one problem. A wrong step is one where a solution goes wrong first; equal
 * prefixes count once.
 */
async function rank<P>(
  { family, problem, policy, prm, logprob }: Bench<P>,
  { sampling, seed, n }: { sampling: Sampling; seed: number; n: number },
): Promise<{ ranking: Evaluated["ranking"]; samplesRight: number }> {
  const attempts = (await attempt(policy, n, { sampling, seed })).filter(
    ({ answer }) => answer !== null,
  );
  const asks = attempts.map(({ steps, answer }) => ({ steps, answer, ended: true }));
  const labels = attempts.map((one) => labelAttempt(family, problem, one));
  const samplesRight = labels.filter((of, i) => {
    return of.length === attempts[i]!.steps.length && of.every((label) => label === 1);
  }).length;
  const of = async (verifier: Verifier) => {
    const { scores } = await verifier.score(asks, never);
    const nodes = new Map<string, { depth: number; final: boolean; label: 0 | 1; score: number }>();
    for (const [a, { steps }] of attempts.entries()) {
      for (const [i, label] of labels[a]!.entries()) {
        const final = i === steps.length - 1;
        const key = `${final ? attempts[a]!.answer : ""}\n${steps.slice(0, i + 1).join("\n")}`;
        nodes.set(key, { depth: i, final, label, score: scores[a]![i]! });
      }
    }
    const all = [...nodes.values()];
    return {
      mid: countPairs(all.filter(({ final }) => !final)),
      final: countPairs(all.filter(({ final }) => final)),
    };
  };
  return { ranking: { prm: await of(prm), logprob: await of(logprob) }, samplesRight };
}

function countPairs(nodes: readonly { depth: number; label: 0 | 1; score: number }[]): Pairs {
  let ordered = 0;
  let pairs = 0;
  for (const right of nodes.filter(({ label }) => label === 1)) {
    for (const wrong of nodes.filter(({ label }) => label === 0)) {
      if (right.depth !== wrong.depth) continue;
      pairs++;
      if (right.score > wrong.score) ordered++;
      else if (right.score === wrong.score) ordered += 0.5;
    }
  }
  return { ordered, pairs };
}

async function evaluate<P>(
  { sampling, n, m }: EvaluationSetting,
  bench: Bench<P>,
  job: EvaluationJob,
): Promise<Evaluated> {
  const { policy, body, prm, logprob, checker } = bench;
  const options = { sampling, seed: job.seed, level: job.level };
  const greedy = Strategy.parse({ name: "greedy" });
  const beam = Strategy.parse({ name: "beam", n, m });
  const run = (strategy: Strategy, models: { policy: Policy; verifier: Verifier | null }) =>
    runSearch(bench, strategy, models, options);
  const runs = {
    greedy: await run(greedy, { policy, verifier: null }),
    majority16: await run(Strategy.parse({ name: "majority", n }), { policy, verifier: null }),
    bestOf16Weighted: await run(Strategy.parse({ name: "bestOfN", n }), { policy, verifier: prm }),
    bestOf16Max: await run(Strategy.parse({ name: "bestOfN", n, weighted: false }), {
      policy,
      verifier: prm,
    }),
    beam4: await run(Strategy.parse({ name: "beam", n: 4, m }), { policy, verifier: prm }),
    beam16: await run(beam, { policy, verifier: prm }),
    logprobBeam16: await run(beam, { policy, verifier: logprob }),
    oracleBeam16: await run(beam, { policy, verifier: checker }),
    prmBodyGreedy: await run(greedy, { policy: body, verifier: null }),
  };
  return { ...job, runs, ...(await rank(bench, { sampling, seed: job.seed, n })) };
}

const port = parentPort;
if (port) {
  const setting = workerData as EvaluationSetting;
  const { module } = setting;
  const policyFile = readGguf(setting.policy);
  const prmFile = readGguf(setting.prm);
  const prm = readPrm(prmFile);
  const engines = {
    policy: new Engine(module, policyFile),
    body: new Engine(module, readGguf(setting.body)),
    prm: new Engine(module, prmFile),
    logprob: new Engine(module, policyFile),
  };
  const openBench = (job: EvaluationJob): Bench<unknown> => {
    const family = familyOf(job.family);
    const problem = family.generate({ level: job.level, seed: job.seed, split: "held-out" });
    const text = family.render(problem);
    const shared = {
      ...{ revision: "training", problem: text, vocabulary: policyFile.vocabulary },
      breathe: () => Promise.resolve(),
    };
    return {
      ...{ family, problem, text },
      policy: createEmbeddedPolicy({ ...shared, name: "policy", engine: engines.policy }),
      body: createEmbeddedPolicy({ ...shared, name: "body", engine: engines.body }),
      prm: createEmbeddedVerifier({ ...shared, name: "prm", engine: engines.prm, prm }),
      logprob: createLogprobVerifier({ ...shared, name: "logprob", engine: engines.logprob }),
      checker: checkerVerifier({ family, parsed: problem, text, level: job.level }),
    };
  };
  const answer = async (job: EvaluationJob): Promise<Evaluated> => {
    const bench = openBench(job);
    const evaluated = await evaluate(setting, bench, job);
    for (const model of [bench.policy, bench.body, bench.prm, bench.logprob]) model.dispose();
    return evaluated;
  };
  port.on("message", ({ index, job }: { index: number; job: EvaluationJob }) => {
    void answer(job).then((result) => port.postMessage({ index, result }));
  });
}
