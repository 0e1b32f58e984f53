import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RunSummary } from "../src/protocol/runs.ts";
import { readSettings } from "../src/server/settings.ts";
import { startServer } from "../src/server/start-server.ts";
import { type Libraries, loadLibraries, type Part } from "./clients/libraries.ts";

const MODEL = "sentei/beam-16@scripted+checker";
const PROBLEM = "(7+5)*9-14*3";
const messages = [{ role: "user", content: PROBLEM }];

type Check = (url: string, libraries: Libraries) => Promise<void>;

const CHECKS: Readonly<Record<string, Check>> = {
  "openai: the models are listed": async (url, libraries) => {
    const { data } = await openAi(url, libraries).models.list();
    assert(data.some(({ id }) => id === "sentei/beam-16"));
  },
  "openai: a chat completion answers": async (url, libraries) => {
    const { choices, usage } = await openAi(url, libraries).chat.completions.create({
      ...{ model: MODEL, messages, reasoning_effort: "high" },
    });
    assert.match(choices[0]!.message.content, /^-?\d+$/);
    assert.equal(choices[0]!.finish_reason, "stop");
    assert(usage.completion_tokens >= usage.completion_tokens_details.reasoning_tokens);
  },
  "openai: a chat completion streams its reasoning, then its answer": async (url, libraries) => {
    const body = { model: MODEL, messages, stream: true };
    const stream = await openAi(url, libraries).chat.completions.create(body);
    const order: string[] = [];
    for await (const { choices } of stream) {
      const { reasoning_content: reasoning, content } = choices[0]?.delta ?? {};
      if (reasoning) order.push("reasoning");
      if (content) order.push("answer");
    }
    assert.deepEqual([...new Set(order)], ["reasoning", "answer"]);
  },
  "openai: tools are refused with their name": async (url, libraries) => {
    const tools = [{ type: "function", function: { name: "add", parameters: {} } }];
    await assert.rejects(
      openAi(url, libraries).chat.completions.create({ model: MODEL, messages, tools }),
      { status: 400, param: "tools", name: "Error" },
    );
  },
  "openai: an abort cancels the search": async (url, libraries) => {
    const leave = new AbortController();
    const model = "sentei/best-of-16@scripted-slow+checker";
    const body = { model, messages, stream: true };
    const stream = await openAi(url, libraries).chat.completions.create(body, {
      signal: leave.signal,
    });
    leave.abort();
    await gather(stream as AsyncIterable<object> as AsyncIterable<Part>).catch(() => ({}));
    assert.equal(await endOfNewest(url), "cancelled");
  },
  "openai: a response answers, and another goes on from it": async (url, libraries) => {
    const client = openAi(url, libraries);
    const first = await client.responses.create({ model: MODEL, input: PROBLEM });
    assert.match(first.output_text, /^-?\d+$/);
    const next = await client.responses.create({
      ...{ model: MODEL, input: "(7+5)*9", previous_response_id: first.id },
    });
    assert.equal(next.status, "completed");
  },
  "openai: a response streams": async (url, libraries) => {
    const stream = openAi(url, libraries).responses.stream({
      ...{ model: MODEL, input: PROBLEM, reasoning: { effort: "medium", summary: "auto" } },
    });
    const types = new Set<string>();
    for await (const { type } of stream) types.add(type);
    assert(types.has("response.reasoning_summary_text.delta"));
    const { output, output_text: text } = await stream.finalResponse();
    assert.match(text, /^-?\d+$/);
    assert.deepEqual(
      output.map(({ type }) => type),
      ["reasoning", "message"],
    );
  },
  "ai, openai-compatible: text with its reasoning": async (url, libraries) => {
    const { text, reasoningText = "" } = await libraries.ai.generateText({
      ...{ model: compatible(url, libraries), prompt: PROBLEM },
    });
    assert.match(text, /^-?\d+$/);
    assert.match(reasoningText, /\n/);
  },
  "ai, openai-compatible: a stream": async (url, libraries) => {
    const { fullStream } = libraries.ai.streamText({
      ...{ model: compatible(url, libraries), prompt: PROBLEM },
    });
    const said = await gather(fullStream);
    assert.match(said["text-delta"] ?? "", /^-?\d+$/);
    assert.match(said["reasoning-delta"] ?? "", /\n/);
  },
  "ai, openai: text and a stream by responses": async (url, libraries) => {
    const model = libraries.official({ baseURL: `${url}/v1`, apiKey: "none" })(MODEL);
    const providerOptions = { openai: { reasoningSummary: "auto" } };
    const { text } = await libraries.ai.generateText({ model, prompt: PROBLEM, providerOptions });
    assert.match(text, /^-?\d+$/);
    const { fullStream } = libraries.ai.streamText({ model, prompt: PROBLEM, providerOptions });
    assert.equal((await gather(fullStream))["text-delta"], text);
  },
};

/**
 * Proves the endpoint that thinks with the official `openai` package and the
 * `ai` SDK, unchanged, against a real server. Installs them in `bench/clients`.
 */
export async function run(): Promise<void> {
  const libraries = await loadLibraries();
  const data = mkdtempSync(path.join(tmpdir(), "sentei-clients-"));
  // Nobody looks at its pages.
  writeFileSync(path.join(data, "index.html"), "");
  const settings = readSettings({ SENTEI_DATA: path.join(data, "runs"), SENTEI_DIST: data });
  const server = await startServer({ ...settings, port: 0 });
  try {
    for (const [name, check] of Object.entries(CHECKS)) {
      await check(server.url, libraries);
      console.log(`works  ${name}`);
    }
    console.log(libraries.versions);
  } finally {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  }
}

function openAi(url: string, { openai }: Libraries) {
  return new openai({ baseURL: `${url}/v1`, apiKey: "none" });
}

function compatible(url: string, libraries: Libraries) {
  return libraries.compatible({ baseURL: `${url}/v1`, name: "sentei", apiKey: "none" })(MODEL);
}

/** All text of a stream by the type of its parts. */
async function gather(stream: AsyncIterable<Part>): Promise<Record<string, string>> {
  const said: Record<string, string> = {};
  for await (const { type, text } of stream) {
    if (type === "error") throw new Error("the stream broke");
    if (text !== undefined) said[type] = (said[type] ?? "") + text;
  }
  return said;
}

/** How the newest run ended; waits until it has. */
async function endOfNewest(url: string): Promise<string> {
  for (;;) {
    const { runs } = (await (await fetch(`${url}/api/runs?limit=1`)).json()) as {
      runs: RunSummary[];
    };
    const { status } = runs[0]!;
    if (status !== "running" && status !== "queued") return status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
