import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { SYSTEM_CLOCK } from "../src/models/remote/http-clock.ts";
import { ModelServer } from "../src/models/remote/model-server.ts";
import { openRemotePolicy } from "../src/models/remote/remote-policy.ts";
import { Budget, type UseDelta } from "../src/protocol/budget.ts";
import type { Fact } from "../src/protocol/events.ts";
import { FORMAT_PRESETS } from "../src/protocol/format-presets.ts";
import { search } from "../src/search/strategies.ts";
import { guardedFetch } from "../src/server/connections/guarded-fetch.ts";

/** A step of 50 tokens at 100 tokens a second. */
const LATENCY_MS = 500;
const CANDIDATES = 64;
/** What a search over a server may take at most, as a share of what it cannot do without. */
const MOST = 1.15;

/**
 * How much longer a search over a server takes than its critical path: as many
 * requests one after the other as a solution has steps, each of a fixed latency,
 * with 64 candidates in flight at each.
 */
export async function run(): Promise<void> {
  const fake = new Worker(new URL("./remote/fake-thread.ts", import.meta.url), {
    workerData: { latencyMs: LATENCY_MS },
  });
  const [{ url }] = (await once(fake, "message")) as [{ url: string }];
  const server = new ModelServer({
    ...{ name: "fake", url, key: null, clock: SYSTEM_CLOCK },
    fetch: guardedFetch({ allowPrivate: false }),
    ...{ timeoutMs: 60_000, maxInFlight: CANDIDATES },
  });
  const { format } = FORMAT_PRESETS[0]!;
  const connection = { id: "fake", api: "completions", model: "m", format } as const;
  const problem = "How many legs do three cats and a hen have?";
  const ratios: number[] = [];
  for (let seed = 0; seed < 6; seed++) {
    const policy = openRemotePolicy({ server, connection, known: null, problem, earlier: [] });
    const before = await doneBy(fake);
    const began = performance.now();
    const facts = search(
      { name: "majority", n: CANDIDATES },
      {
        ...{ problem: { family: null, parsed: null, text: problem, level: null }, policy, seed },
        ...{ verifier: null, budget: Budget.parse({}), producer: "bench" },
        sampling: { temperature: 0.8, topK: 0, topP: 1, maxStepTokens: 512 },
        signal: new AbortController().signal,
        elapsedMs: () => performance.now() - began,
      },
    );
    let rounds = 0;
    let spent: UseDelta | null = null;
    for await (const fact of facts as AsyncIterable<Fact>) {
      if (fact.type === "round" && fact.phase === "expand") rounds = fact.round;
      if (fact.type === "finished") spent = fact.use;
    }
    const ms = performance.now() - began;
    const asked = (await doneBy(fake)).asked - before.asked;
    if (spent?.policyCalls !== asked) {
      throw new Error(`${spent?.policyCalls} calls were counted, and ${asked} were made`);
    }
    // The first one opens the connections.
    if (seed > 0) ratios.push(ms / (rounds * LATENCY_MS));
  }
  const { mostAtOnce } = await doneBy(fake);
  await fake.terminate();
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
  console.log(`requests at once: ${mostAtOnce} of ${CANDIDATES}`);
  console.log(`wall time / critical path: ${ratios.map((ratio) => ratio.toFixed(3)).join(" ")}`);
  console.log(
    `median ${median.toFixed(3)}, wanted at most ${MOST}: ${median <= MOST ? "yes" : "no"}`,
  );
}

async function doneBy(fake: Worker): Promise<{ asked: number; mostAtOnce: number }> {
  fake.postMessage("done?");
  const [done] = (await once(fake, "message")) as [{ asked: number; mostAtOnce: number }];
  return done;
}
