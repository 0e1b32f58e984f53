import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { SYSTEM_CLOCK } from "../../src/models/remote/http-clock.ts";
import { ModelServer } from "../../src/models/remote/model-server.ts";
import { openRemotePolicy } from "../../src/models/remote/remote-policy.ts";
import { scriptedVerifier } from "../../src/models/scripted.ts";
import { Budget, type UseDelta } from "../../src/protocol/budget.ts";
import { Sampling } from "../../src/protocol/events.ts";
import { FORMAT_PRESETS } from "../../src/protocol/format-presets.ts";
import { Strategy } from "../../src/protocol/strategies.ts";
import type { SearchProblem } from "../../src/search/context.ts";
import type { Policy } from "../../src/search/ports.ts";
import { search } from "../../src/search/strategies.ts";
import { guardedFetch } from "../../src/server/connections/guarded-fetch.ts";
import { median } from "../view/percentile.ts";

const TEXT = "How many legs do three cats and a hen have?";
const PROBLEM: SearchProblem = { family: null, parsed: null, text: TEXT, level: null };
/** The first search opens the connections, and is not counted. */
const SEARCHES = 6;

export interface RemoteCost {
  readonly latencyMs: number;
  readonly candidates: number;
  /** Most requests that the server had at the same time. */
  readonly atOnce: number;
  /** What the search adds to the time in which it waits for the model, as a share of it. */
  readonly added: number;
  /** Wall time over that of one request after the other, one for each step of the longest solution. */
  readonly overCriticalPath: number;
}

interface RemoteOptions {
  /** How long every request takes. */
  readonly latencyMs: number;
  readonly candidates: number;
  readonly strategy: object;
}

/** Medians of searches over a server of a fixed latency, which runs in a thread of its own. */
export async function remoteCost({
  latencyMs,
  candidates,
  strategy,
}: RemoteOptions): Promise<RemoteCost> {
  const fake = new Worker(new URL("./fake-thread.ts", import.meta.url), {
    workerData: { latencyMs },
  });
  const [{ url }] = (await once(fake, "message")) as [{ url: string }];
  const server = new ModelServer({
    ...{ name: "fake", url, key: null, clock: SYSTEM_CLOCK },
    fetch: guardedFetch({ allowPrivate: false }),
    ...{ timeoutMs: 60_000, maxInFlight: candidates },
  });
  const searches: SearchTimes[] = [];
  for (let seed = 0; seed < SEARCHES; seed++) {
    const before = await doneBy(fake);
    const times = await timesOf(server, Strategy.parse(strategy), seed);
    const asked = (await doneBy(fake)).asked - before.asked;
    if (times.calls !== asked) {
      throw new Error(`${times.calls} calls were counted, and ${asked} were made`);
    }
    if (seed > 0) searches.push(times);
  }
  const { mostAtOnce } = await doneBy(fake);
  await fake.terminate();
  return {
    ...{ latencyMs, candidates, atOnce: mostAtOnce },
    added: median(searches.map(({ ms, waitedMs }) => (ms - waitedMs) / waitedMs)),
    overCriticalPath: median(searches.map(({ ms, rounds }) => ms / (rounds * latencyMs))),
  };
}

interface SearchTimes {
  readonly ms: number;
  /** Between asking the model and having its reply. */
  readonly waitedMs: number;
  readonly rounds: number;
  readonly calls: number;
}

async function timesOf(
  server: ModelServer,
  strategy: Strategy,
  seed: number,
): Promise<SearchTimes> {
  const { format } = FORMAT_PRESETS[0]!;
  const connection = { id: "fake", api: "completions", model: "m", format } as const;
  const waited = { ms: 0 };
  const began = performance.now();
  const policy = openRemotePolicy({ server, connection, known: null, problem: TEXT, earlier: [] });
  const facts = search(strategy, {
    ...{ problem: PROBLEM, policy: timed(policy, waited), seed },
    ...{ verifier: scriptedVerifier(1, { problem: PROBLEM }), budget: Budget.parse({}) },
    sampling: Sampling.parse({ maxStepTokens: 512 }),
    ...{ signal: new AbortController().signal, producer: "bench" },
    elapsedMs: () => performance.now() - began,
  });
  let rounds = 0;
  let spent: UseDelta | null = null;
  for await (const fact of facts) {
    if (fact.type === "round" && fact.phase === "expand") rounds = fact.round;
    if (fact.type === "finished") spent = fact.use;
  }
  policy.dispose();
  return {
    ms: performance.now() - began,
    waitedMs: waited.ms,
    rounds,
    calls: spent?.policyCalls ?? 0,
  };
}

/** The same policy; time in which the search holds a reply is not counted. */
function timed(policy: Policy, waited: { ms: number }): Policy {
  return {
    name: policy.name,
    revision: policy.revision,
    async *propose(asks, signal) {
      const replies = policy.propose(asks, signal)[Symbol.asyncIterator]();
      for (;;) {
        const began = performance.now();
        const reply = await replies.next();
        waited.ms += performance.now() - began;
        if (reply.done === true) return;
        yield reply.value;
      }
    },
    dispose: () => policy.dispose(),
  };
}

async function doneBy(fake: Worker): Promise<{ asked: number; mostAtOnce: number }> {
  fake.postMessage("done?");
  const [done] = (await once(fake, "message")) as [{ asked: number; mostAtOnce: number }];
  return done;
}
