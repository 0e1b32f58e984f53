import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileUrlOf } from "../../lib/file-url.ts";
import type { ProbeResult } from "../../protocol/connections.ts";
import type { RunEvent } from "../../protocol/events.ts";
import { FORMAT_PRESETS, presetFor } from "../../protocol/format-presets.ts";
import type { RunSpecInput } from "../../protocol/runs.ts";
import { SCORING_PRESETS } from "../../protocol/scoring.ts";
import type { RunningServer } from "../start-server.ts";
import {
  postJson,
  readAll,
  readLog,
  startRun,
  startTestServer,
  testFolder,
} from "../test-server.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const MODELS = path.join(ROOT, "public/models");
/** Where `npm run bench -- llama` has put the library, unless it is told. */
const LIBRARY =
  process.env["SENTEI_LLAMA_CPP"] ?? path.join(ROOT, "bench/llama/node_modules/node-llama-cpp");

const folder = testFolder();
let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer({ ...folder, models: MODELS });
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

const format = presetFor(FORMAT_PRESETS.find(({ id }) => id === "sentei")!, "llama.cpp");
const { scoring } = SCORING_PRESETS.find(({ id }) => id === "sentei-n_probs")!;

async function connect(id: string, file: string, asked: object): Promise<void> {
  expect(await (await tryToConnect(id, file, asked)).json()).toMatchObject({ id });
}

function tryToConnect(id: string, file: string, asked: object): Promise<Response> {
  const spec = { id, url: fileUrlOf(file), model: "s", ...asked };
  return postJson(`${server.url}/api/connections`, spec);
}

async function findOut(id: string, what: "probe" | "self-test"): Promise<ProbeResult> {
  const reply = await postJson(`${server.url}/api/connections/${id}/${what}`, {});
  return (await reply.json()) as ProbeResult;
}

const POLICY = { api: "llama.cpp", format };
const VERIFIER = { role: "verifier", scoring };
const S = path.join(MODELS, "sentei-s.gguf");

describe("without the library", () => {
  let before: string | undefined;
  beforeAll(() => {
    before = process.env["SENTEI_LLAMA_CPP"];
    process.env["SENTEI_LLAMA_CPP"] = path.join(folder.data, "nowhere");
  });
  afterAll(() => {
    if (before === undefined) delete process.env["SENTEI_LLAMA_CPP"];
    else process.env["SENTEI_LLAMA_CPP"] = before;
  });

  test("whoever connects a file is told what to install", async () => {
    await connect("file", S, POLICY);
    expect(await findOut("file", "probe")).toMatchObject({
      ...{ ok: false, fault: "unsupported" },
      message: expect.stringMatching(/npm install --no-save node-llama-cpp@/),
    });
  });

  test.each([
    ["url", "/nowhere/model.gguf", POLICY],
    ["url", path.join(MODELS, "sentei-s.json"), POLICY],
    ["api", S, { ...POLICY, api: "completions" }],
    ["key", S, { ...POLICY, key: "secret" }],
    ["scoring", S, { ...VERIFIER, scoring: SCORING_PRESETS[0]!.scoring }],
  ])(
    "what is no such file, or cannot be asked so, is refused at its field: %s of %s",
    async (field, file, asked) => {
      const reply = await tryToConnect("wrong", file, asked);
      expect(reply.status).toBe(422);
      expect(await reply.json()).toMatchObject({ errors: [{ field }] });
    },
  );
});

describe.skipIf(!existsSync(LIBRARY))("with llama.cpp", () => {
  beforeAll(() => {
    process.env["SENTEI_LLAMA_CPP"] = LIBRARY;
    process.env["SENTEI_LLAMA_GPU"] = "off";
  });

  test("a file that is no model says so, and takes nobody along", async () => {
    const broken = path.join(folder.data, "broken.gguf");
    writeFileSync(broken, "GGUF, but not really");
    await connect("broken", broken, POLICY);
    expect(await findOut("broken", "probe")).toMatchObject({ ok: false, fault: "unsupported" });
    expect((await fetch(`${server.url}/api/models`)).status).toBe(200);
  });

  test("a file is a policy that can do everything, and writes what our own engine does", async () => {
    await connect("file", S, POLICY);
    expect(await findOut("file", "probe")).toMatchObject({
      ok: true,
      connection: {
        capabilities: {
          ...{ continues: "text", stopReason: true, logprobs: true, seed: true },
          ...{ usage: true, cachedTokens: true, reasoning: "none" },
        },
      },
    });
    const spec = { problem: "(7+5)*9-14*3", strategy: { name: "greedy" as const }, verifier: null };
    const [theirs, ours] = await Promise.all([
      stepsOf({ ...spec, policy: "file/s" }),
      stepsOf({ ...spec, policy: "sentei-s" }),
    ]);
    expect(theirs.map(({ step }) => step)).toEqual(ours.map(({ step }) => step));
    for (const [i, { logprob, tokens }] of theirs.entries()) {
      // Its cache holds numbers of 16 bits.
      expect(Math.abs(logprob! - ours[i]!.logprob!)).toBeLessThan(0.01 * tokens);
    }
  });

  test("the command line searches with a file, and ends", async () => {
    await connect("file", S, POLICY);
    const command = path.join(ROOT, "src/server/search-command.ts");
    const asked = ["--policy", "file/s", "--n", "4", "--problem", "(7+5)*9-14*3"];
    const env = { ...process.env, SENTEI_DATA: folder.data };
    const { stdout } = await promisify(execFile)(process.execPath, [command, ...asked], { env });
    expect(stdout.trimEnd().split("\n").at(-1)).toContain('"type":"finished"');
  });

  test("files are policy and verifier of a search, and what steps share is read once", async () => {
    await connect("file", S, POLICY);
    await connect("judge", path.join(MODELS, "sentei-prm.gguf"), VERIFIER);
    expect(await findOut("judge", "self-test")).toMatchObject({ ok: true });
    const { id } = await startRun(server.url, {
      ...{ problem: "(7+5)*9-14*3", policy: "file/s", verifier: "judge/s", seed: 5 },
      strategy: { name: "beam", n: 8, m: 4 },
    });
    expect(await readAll(server.url, id)).toMatchObject({ ending: "finished" });
    const log = await readLog(server.url, id);
    const scores = log.flatMap((event) => (event.type === "scored" ? [event] : []));
    expect(scores.length).toBeGreaterThan(8);
    const { use } = log.findLast((event) => "use" in event) as unknown as {
      use: Record<string, number>;
    };
    expect(use["promptTokens"]!).toBeLessThan(use["policyTokens"]! * 3);
  });
});

async function stepsOf(spec: RunSpecInput) {
  const { id } = await startRun(server.url, spec);
  expect(await readAll(server.url, id)).toMatchObject({ ending: "finished" });
  return (await readLog(server.url, id)).filter(
    (event): event is Extract<RunEvent, { type: "proposed" }> => event.type === "proposed",
  );
}
