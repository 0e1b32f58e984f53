import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import path from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { z } from "zod";
import { type FileWriter, PromptTooLong, type WrittenToken } from "./file-writer.ts";

/** Of llama.cpp's `/completion` what this project asks; its own defaults elsewhere. */
const Asked = z.object({
  prompt: z.string(),
  n_predict: z.int().min(1).max(131_072),
  stop: z.array(z.string()).default([]),
  temperature: z.number().min(0).default(0.8),
  top_k: z.int().min(0).default(40),
  top_p: z.number().min(0).max(1).default(0.95),
  min_p: z.number().min(0).max(1).default(0.05),
  seed: z.int().nonnegative().default(0),
  n_probs: z.int().min(0).max(1024).default(0),
});

const Chat = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
});

interface WireServerOptions {
  readonly file: string;
  readonly writer: FileWriter;
  readonly render: (template: string, names: Readonly<Record<string, unknown>>) => string;
  /** Who does not send it as a bearer token is refused. */
  readonly key: string;
}

/**
 * A model in a file, asked as llama.cpp's own server is: `/completion`,
 * `/apply-template`, `/v1/models`. Listens on a free port of the loopback
 * interface, for those who know the key. Who hangs up is written no further for.
 */
export async function serveModel(options: WireServerOptions): Promise<{ readonly port: number }> {
  const app = fastify({ bodyLimit: 10 * 2 ** 20 });
  guard(app, options.key);
  addRoutes(app, options);
  app.setErrorHandler(async (error, _, reply) => {
    const isAskers = error instanceof z.ZodError || error instanceof PromptTooLong;
    const code = isAskers ? 400 : 500;
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return reply.code(code).send({ error: { code, message } });
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  return { port: (app.server.address() as AddressInfo).port };
}

function guard(app: FastifyInstance, key: string): void {
  const expected = Buffer.from(`Bearer ${key}`);
  app.addHook("onRequest", async ({ headers }, reply) => {
    const sent = Buffer.from(headers.authorization ?? "");
    if (sent.length === expected.length && timingSafeEqual(sent, expected)) return;
    await reply.code(401).send({ error: { code: 401, message: "another key is needed" } });
  });
}

function addRoutes(app: FastifyInstance, { file, writer, render }: WireServerOptions): void {
  app.get("/v1/models", () => ({ data: [{ id: path.basename(file, ".gguf") }] }));
  app.post("/apply-template", ({ body }) => {
    const { messages } = Chat.parse(body);
    const { source, bos, eos } = writer.template;
    if (source === null) throw new Error(`${path.basename(file)} holds no chat template`);
    const names = { messages, add_generation_prompt: true, bos_token: bos, eos_token: eos };
    return { prompt: render(source, names) };
  });
  app.post("/completion", async ({ body, raw }) => {
    const asked = Asked.parse(body);
    const gone = new AbortController();
    void once(raw.socket, "close", { signal: gone.signal }).then(
      () => gone.abort(),
      () => {},
    );
    try {
      return replyOf(await writer.write(writeAsk(asked), gone.signal), asked.n_probs);
    } finally {
      gone.abort();
    }
  });
}

function writeAsk(asked: z.infer<typeof Asked>) {
  const { prompt, stop, temperature, seed } = asked;
  return {
    ...{ prompt, stop, temperature, seed, maxTokens: asked.n_predict },
    ...{ topK: asked.top_k, topP: asked.top_p, minP: asked.min_p, likeliest: asked.n_probs },
  };
}

function replyOf(written: Awaited<ReturnType<FileWriter["write"]>>, probabilities: number) {
  return {
    content: written.text,
    stop_type: written.ended,
    tokens_predicted: written.tokens.length,
    tokens_evaluated: written.promptTokens,
    timings: { prompt_n: written.readTokens },
    ...(probabilities > 0 && { completion_probabilities: written.tokens.map(likely) }),
  };
}

function likely({ id, logprob, likeliest }: WrittenToken) {
  return { id, logprob, top_logprobs: likeliest };
}
