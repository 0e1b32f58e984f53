import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import type { Strategy } from "../src/protocol/strategies.ts";
import type { Task, VerifierKind } from "./same-log/log-lines.ts";
import { type StaticServer, serveFiles } from "./same-log/static-server.ts";

const HERE = path.join(import.meta.dirname, "same-log");
const ROOT = path.join(import.meta.dirname, "..");
const FILES = {
  kernel: path.join(ROOT, "src/models/embedded/kernel.wasm"),
  policy: path.join(ROOT, "public/models/sentei-s.gguf"),
  prm: path.join(ROOT, "public/models/sentei-prm.gguf"),
};

const N = 8;
const POOL = {
  n: N,
  m: 4,
  maxRounds: 40,
  aggregation: "last",
  selection: "weighted_majority",
} as const;
const MCTS = {
  name: "mcts",
  simulations: 12,
  width: 3,
  exploration: 1,
  aggregation: "last",
  selection: "weighted_majority",
} as const;
const PARTICLES = {
  name: "particles",
  n: N,
  scoreTemperature: 1,
  maxRounds: 40,
  aggregation: "last",
  selection: "argmax",
} as const;
const REBASE = {
  name: "rebase",
  n: N,
  maxRounds: 40,
  aggregation: "last",
  selection: "weighted_majority",
} as const;
const TOT = { width: 4, aggregation: "last", selection: "argmax" } as const;
const REVISIONS = {
  name: "revisions",
  chains: 2,
  attempts: 6,
  seen: 4,
  aggregation: "last",
} as const;
const BY_DIFFICULTY = {
  name: "computeOptimal",
  ...{ n: N, first: 4, hardBelow: 0.3, easyFrom: 0.9, m: 4 },
  aggregation: "last",
} as const;
const STRATEGIES: readonly [Strategy, VerifierKind | null][] = [
  [{ name: "greedy" }, null],
  [{ name: "majority", n: N }, null],
  [{ name: "bestOfN", n: N, weighted: true, aggregation: "last" }, "prm"],
  [{ name: "bestOfN", n: N, weighted: false, aggregation: "product" }, "logprob"],
  [{ name: "bestOfN", n: N, weighted: true, aggregation: "min" }, "checker"],
  [{ name: "beam", n: N, m: 4, maxRounds: 40, aggregation: "last" }, "prm"],
  [{ name: "beam", n: N, m: 2, maxRounds: 40, aggregation: "mean" }, "logprob"],
  [{ name: "beam", n: N, m: 4, maxRounds: 40, aggregation: "min" }, "checker"],
  [{ ...POOL, name: "lookahead", k: 2 }, "prm"],
  [{ ...BY_DIFFICULTY, hard: "beam", medium: "beam", easy: "beam" }, "prm"],
  [{ ...BY_DIFFICULTY, hard: "bestOfN", medium: "bestOfN", easy: "stop" }, "prm"],
  [{ ...POOL, name: "dvts" }, "prm"],
  [{ ...MCTS, rule: "puct", value: "leaf" }, "prm"],
  [{ ...MCTS, rule: "uct", value: "rollout" }, "logprob"],
  [{ ...REBASE, scoreTemperature: 0.2 }, "prm"],
  [{ ...TOT, name: "totBfs", keep: 3, maxRounds: 40 }, "prm"],
  [{ ...TOT, name: "totDfs", expansions: 12, threshold: 0.2, wanted: 2 }, "prm"],
  [{ ...PARTICLES, resampling: "systematic" }, "prm"],
  [{ ...PARTICLES, resampling: "multinomial" }, "logprob"],
  [{ ...REVISIONS, selection: "weighted_majority" }, "prm"],
  [{ ...REVISIONS, selection: "majority" }, "logprob"],
  [{ name: "tokenSampling", n: N, alternatives: 3, maxTokens: 512 }, null],
  [{ name: "tokenBeam", width: 4, lengthPenalty: 0.6, alternatives: 3, maxTokens: 512 }, null],
];
const FAMILIES = ["expressions", "countdown", "equations", "word-problems"];
/** With four families sixteen runs of every strategy; fifty seeds are compared in Node (B1). */
const SEEDS = [1, 2, 3, 4];

let script: Buffer;
let server: StaticServer;

test.beforeAll(async () => {
  const outDir = test.info().outputPath("worker");
  await build({
    ...{ configFile: false, root: HERE, logLevel: "error", publicDir: false },
    build: {
      ...{ outDir, target: "es2023" },
      rollupOptions: {
        input: path.join(HERE, "worker.ts"),
        output: { entryFileNames: "worker.js", format: "es" },
      },
    },
  });
  script = readFileSync(path.join(outDir, "worker.js"));
  const weights = (file: string) => ({
    type: "application/octet-stream",
    bytes: readFileSync(file),
  });
  server = await serveFiles(
    new Map([
      ["/worker.js", { type: "text/javascript", bytes: script }],
      ["/kernel.wasm", { type: "application/wasm", bytes: readFileSync(FILES.kernel) }],
      ["/policy.gguf", weights(FILES.policy)],
      ["/prm.gguf", weights(FILES.prm)],
    ]),
  );
});

test.afterAll(() => server.close());

test("nothing that runs computes with a function whose last bit each engine may choose", () => {
  // Node and Chromium share theirs, so comparing logs cannot find it out.
  const inexact =
    /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|a?(sin|cos|tan)h?|atan2|cbrt|hypot)\b/;
  expect(script.toString().match(inexact)?.[0]).toBeUndefined();
});

for (const [strategy, verifier] of STRATEGIES) {
  const by = verifier === null ? "" : ` by ${verifier}`;
  const how = strategy.name === "computeOptimal" ? `, ${strategy.hard} where hard` : "";
  test(`same seed, same log, to the byte, in Node and in Chromium: ${strategy.name}${by}${how}`, async ({
    page,
  }) => {
    const task: Task = { strategy, verifier, families: FAMILIES, seeds: SEEDS };
    await page.goto(server.url);
    const [here, there] = await Promise.all([linesInNode(task), linesInPage(page, task)]);
    expect(there).toEqual(here);
    expect(here.filter((line) => line.includes('"type":"started"'))).toHaveLength(
      FAMILIES.length * SEEDS.length,
    );
    expect(here.filter((line) => line.includes('"type":"failed"'))).toEqual([]);
  });
}

async function linesInNode(task: Task): Promise<string[]> {
  const { kernel, policy, prm } = FILES;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(HERE, "in-node.ts"), JSON.stringify(task), kernel, policy, prm],
    { maxBuffer: 2 ** 28 },
  );
  return stdout.split("\n");
}

function linesInPage(page: Page, task: Task): Promise<string[]> {
  return page.evaluate(async (asked) => {
    const worker = new Worker("/worker.js", { type: "module" });
    const { promise, resolve, reject } = Promise.withResolvers<string[]>();
    worker.onmessage = ({ data }: MessageEvent<{ lines?: string[]; error?: string }>) => {
      if (data.lines) resolve(data.lines);
      else reject(new Error(data.error));
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(asked);
    return promise;
  }, task);
}
