import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { embeddedCost } from "./search/embedded-cost.ts";
import { remoteCost } from "./search/remote-cost.ts";

const RESULTS = path.join(import.meta.dirname, "results/search.json");

/** What a search may cost beside its models. */
const MOST = {
  /** Of the time in the embedded models, at batch 16. */
  addedEmbedded: 0.1,
  /** Of the time that a server takes, at 200 ms a request and batch 16. */
  addedRemote: 0.02,
  /** Wall time over the critical path, 64 candidates in flight. */
  overCriticalPath: 1.15,
  /** Tokens read for one that stands in the tree: a shared prefix is read once. */
  readPerToken: 1,
} as const;

/**
 * What a search costs beside its models, as ratios: with the embedded S model, and
 * with a server of a fixed latency. Writes `bench/results/search.json`.
 */
export async function run(_args: string[]): Promise<void> {
  const embedded = await embeddedCost();
  const batch = await remoteCost({
    ...{ latencyMs: 200, candidates: 16, strategy: { name: "beam", n: 16 } },
  });
  // A step of 50 tokens at 100 tokens a second.
  const wide = await remoteCost({
    ...{ latencyMs: 500, candidates: 64, strategy: { name: "majority", n: 64 } },
  });
  const figures = {
    addedEmbedded: embedded.added,
    addedRemote: batch.added,
    overCriticalPath: wide.overCriticalPath,
    readPerToken: embedded.readPerToken,
  };
  const rows = Object.entries(MOST).map(([name, most]) => {
    const figure = figures[name as keyof typeof MOST];
    return { figure: name, is: Number(figure.toFixed(4)), most, kept: figure <= most };
  });
  console.table(rows);
  console.log({ embedded, remote: [batch, wide] });
  const about = {
    figures:
      "addedEmbedded: beam 16 x 4, sentei-s and its PRM, 40 held-out expressions, of each the fastest of six; " +
      "time outside of the models' arithmetic (policy and PRM around it, search, log as JSON), over the time " +
      "inside. addedRemote: beam 16 x 4 over a server of 200 ms; wall time in which no reply is waited for, over " +
      "that in which one is. overCriticalPath: majority of 64 over a server of 500 ms; wall time over one request " +
      "after the other, one a step. readPerToken: tokens that the policy of the first reads, over those that stand " +
      "in the tree, the problem once; readPerTokenUnshared: if every candidate read its prefix.",
    machine: `${cpus()[0]?.model ?? "unknown"}, ${process.platform}`,
    date: new Date().toISOString(),
    node: process.version,
  };
  const result = { about, figures: rows, embedded, remote: [batch, wide] };
  writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
}
