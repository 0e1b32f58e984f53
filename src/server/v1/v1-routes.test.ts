import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningServer } from "../start-server.ts";
import { getRun, postJson, readAll, startTestServer, testFolder } from "../test-server.ts";

const folder = testFolder();
let server: RunningServer;
let url: string;

beforeAll(async () => {
  server = await startTestServer(folder);
  url = server.url;
}, 60_000);
afterAll(async () => {
  await server.close();
  folder.remove();
});

/** JSON that these tests look into by name. */
// biome-ignore lint/suspicious/noExplicitAny: what is not there fails the expectation about it
type Loose = Record<string, any>;

const PROBLEM = "(7+5)*9-14*3";
const MODEL = "sentei/beam-16@scripted+checker";
const messages = [
  { role: "system", content: "Answer in one word." },
  { role: "user", content: PROBLEM },
];

function chat(body: object): Promise<Response> {
  return postJson(`${url}/v1/chat/completions`, { model: MODEL, messages, ...body });
}

function respond(body: object): Promise<Response> {
  return postJson(`${url}/v1/responses`, { model: MODEL, input: PROBLEM, ...body });
}

/** The data of all messages of a stream. */
async function dataOf(response: Response): Promise<string[]> {
  const blocks = (await response.text()).split("\n\n");
  return blocks.flatMap((block) => {
    const line = block.split("\n").find((one) => one.startsWith("data: "));
    return line === undefined ? [] : [line.slice("data: ".length)];
  });
}

test("a chat completion has the answer, the lines of reasoning, what it took, and the place of its tree", async () => {
  const response = await chat({});
  expect(response.status).toBe(200);
  const { choices, usage, id } = (await response.json()) as Loose;
  const tree = response.headers.get("x-sentei-tree")!;
  const run = await getRun(url, new URL(tree).searchParams.get("run")!);
  expect(tree.startsWith(`${url}/?run=`)).toBe(true);
  expect(id).toBe(`chatcmpl-${run.id}`);
  expect(choices).toHaveLength(1);
  expect(choices[0]).toMatchObject({
    ...{ index: 0, finish_reason: "stop" },
    message: { role: "assistant", content: run.answer },
  });
  expect(choices[0].message.reasoning_content.split("\n").at(-1)).toContain(run.answer);
  expect(usage).toMatchObject({
    prompt_tokens: run.use.promptTokens,
    completion_tokens: run.use.policyTokens,
    total_tokens: run.use.promptTokens + run.use.policyTokens,
    sentei: { prm_calls: run.use.prmCalls },
  });
  const { reasoning_tokens: reasoning } = usage.completion_tokens_details;
  expect(reasoning).toBeLessThanOrEqual(usage.completion_tokens);
  expect(run.strategy).toMatchObject({ name: "beam", n: 16, m: 4 });
});

test("a stream says the same as the whole answer, reasoning first", async () => {
  const whole = (await (await chat({})).json()) as Loose;
  const data = await dataOf(await chat({ stream: true, stream_options: { include_usage: true } }));
  expect(data.at(-1)).toBe("[DONE]");
  const chunks = data.slice(0, -1).map((text) => JSON.parse(text) as Loose);
  const joined = (part: string) =>
    chunks.map(({ choices: [choice] }) => choice?.delta[part] ?? "").join("");
  const { message } = whole["choices"][0];
  expect(joined("reasoning_content")).toBe(message.reasoning_content);
  expect(joined("content")).toBe(message.content);
  const { ms: _, ...spent } = chunks.at(-1)!["usage"].sentei;
  expect(whole["usage"].sentei).toMatchObject(spent);
  const hidden = await dataOf(await chat({ stream: true, include_reasoning: false }));
  expect(hidden.join("")).not.toContain("reasoning_content");
});

test("effort decides how many candidates there are where the name does not", async () => {
  const n = async (model: string, effort: string) => {
    const response = await chat({ model, reasoning_effort: effort });
    const tree = new URL(response.headers.get("x-sentei-tree")!);
    return (await getRun(url, tree.searchParams.get("run")!)).strategy;
  };
  expect(await n("sentei/best-of@scripted+scripted", "low")).toMatchObject({ n: 4 });
  expect(await n("sentei@scripted+scripted", "high")).toMatchObject({ name: "beam", n: 64 });
  expect(await n("sentei/majority-8@scripted", "high")).toMatchObject({ n: 8 });
  expect(await n("sentei@scripted", "none")).toEqual({ name: "greedy" });
});

test("earlier messages are the conversation that a run goes on with", async () => {
  const response = await chat({
    messages: [
      { role: "user", content: "(7+5)*9" },
      { role: "assistant", content: "108" },
      { role: "user", content: [{ type: "text", text: PROBLEM }] },
    ],
  });
  const run = new URL(response.headers.get("x-sentei-tree")!).searchParams.get("run")!;
  const { events } = await readAll(url, run);
  expect(events[0]).toMatchObject({ earlier: [{ problem: "(7+5)*9", answer: "108" }] });
});

test("a response goes on with an earlier one, and hides its reasoning unless asked", async () => {
  const first = (await (await respond({})).json()) as Loose;
  expect(first).toMatchObject({ object: "response", status: "completed", error: null });
  expect(first["output"].map(({ type }: { type: string }) => type)).toEqual([
    "reasoning",
    "message",
  ]);
  expect(first["output"][0].summary).toEqual([]);
  const data = await dataOf(
    await respond({
      ...{ input: "(7+5)*9", previous_response_id: first["id"], stream: true },
      reasoning: { summary: "auto" },
    }),
  );
  const events = data.map((text) => JSON.parse(text) as Loose);
  expect(events.map(({ sequence_number: n }) => n)).toEqual(events.map((_, i) => i));
  const { response } = events.at(-1)!;
  const deltas = (type: string) =>
    events.flatMap((event) => (event["type"] === type ? [event["delta"]] : [])).join("");
  expect(deltas("response.output_text.delta")).toBe(response.output[1].content[0].text);
  expect(deltas("response.reasoning_summary_text.delta")).toBe(response.output[0].summary[0].text);
  const { events: log } = await readAll(url, response.id.slice("resp_".length));
  const answer = first["output"][1].content[0].text;
  expect(log[0]).toMatchObject({ earlier: [{ problem: PROBLEM, answer }] });
});

test("who goes away frees the model", async () => {
  const leave = new AbortController();
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    signal: leave.signal,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: "sentei/best-of-16@scripted-slow+checker",
      messages,
      stream: true,
    }),
  });
  const run = new URL(response.headers.get("x-sentei-tree")!).searchParams.get("run")!;
  expect((await getRun(url, run)).status).not.toBe("finished");
  leave.abort();
  await response.text().catch(() => undefined);
  const { ending } = await readAll(url, run);
  expect(ending).toBe("cancelled");
});

test("a budget of tokens that ends it before there is an answer is said to be so", async () => {
  const response = await chat({ max_completion_tokens: 1 });
  const { choices } = (await response.json()) as Loose;
  expect(choices[0]).toMatchObject({ finish_reason: "length", message: { content: null } });
  const incomplete = (await (await respond({ max_output_tokens: 1 })).json()) as object;
  expect(incomplete).toMatchObject({
    status: "incomplete",
    incomplete_details: { reason: "max_output_tokens" },
  });
});

describe("what cannot be done is refused in the words of that API, with the field", () => {
  test.each<[string, object, number, string]>([
    ["tools", { tools: [{ type: "function" }] }, 400, "tools"],
    ["functions", { functions: [] }, 400, "functions"],
    ["two answers", { n: 2 }, 400, "n"],
    ["log-probabilities", { logprobs: true }, 400, "logprobs"],
    ["a stop", { stop: "\n" }, 400, "stop"],
    ["JSON", { response_format: { type: "json_object" } }, 400, "response_format"],
    ["an unknown model", { model: "gpt-4" }, 404, "model"],
    ["too large a search", { model: "sentei/beam-9999" }, 404, "model"],
    ["an unknown policy", { model: "sentei@nobody" }, 400, "model"],
    ["no problem", { messages: [{ role: "user", content: "hello" }] }, 400, "messages"],
    ["no question", { messages: [{ role: "assistant", content: "2" }] }, 400, "messages"],
    ["a tool's message", { messages: [{ role: "tool", content: "2" }] }, 400, "messages.0"],
    [
      "a picture",
      { messages: [{ role: "user", content: [{ type: "image_url" }] }] },
      400,
      "messages.0.content",
    ],
    ["no messages", { messages: [] }, 400, "messages"],
    ["heat", { temperature: 9 }, 400, "temperature"],
  ])("%s", async (_, body, status, param) => {
    const response = await chat(body);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as Loose;
    expect(error).toMatchObject({ type: "invalid_request_error", param });
    expect(error.message).not.toBe("");
  });

  test("a response that is not there", async () => {
    const refused = await respond({ previous_response_id: "resp_nobody" });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { param: "previous_response_id" } });
  });

  test("pages of other sites", async () => {
    const refused = await fetch(`${url}/v1/models`, { headers: { origin: "http://evil.test" } });
    expect(refused.status).toBe(403);
  });
});

test("the models that are listed can all be asked for", async () => {
  const { data } = (await (await fetch(`${url}/v1/models`)).json()) as { data: { id: string }[] };
  for (const { id } of data) {
    const response = await chat({ model: `${id}@scripted+scripted` });
    expect([id, response.status]).toEqual([id, 200]);
  }
});
