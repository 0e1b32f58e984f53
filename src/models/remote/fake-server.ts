import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  answer,
  FakeBody,
  type FakeFamily,
  PLAIN,
  usageOf,
  WAYS,
  type Ways,
} from "./fake-replies.ts";
import { type BadVerdict, fakeVerdict } from "./fake-verdicts.ts";

/** What it does to a request in the place of an answer. */
export type Mischief =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: "redirect"; readonly to: string }
  | {
      readonly kind:
        | "reset"
        | "truncate"
        | "garbage"
        | "shape"
        | "empty"
        | "huge"
        | "hang"
        | "drip";
    }
  | { readonly kind: "echo key" | "no usage" | BadVerdict };

export interface FakeServer {
  /** With `/v1` at its end. */
  readonly url: string;
  /** Bodies of the requests for text, in the order in which they came. */
  readonly asked: readonly FakeBody[];
  /** Most of them that were answered at the same time. */
  readonly mostAtOnce: number;
  /** Answers nothing until so many requests wait for it. */
  holdUntil(waiting: number): void;
  /** What is done to the next requests for text, one each. */
  misbehave(...mischief: Mischief[]): void;
  close(): Promise<void>;
}

interface FakeOptions {
  readonly family: FakeFamily;
  /** How long each answer takes, ms. */
  readonly latencyMs?: number;
  /** Required as bearer token. */
  readonly key?: string;
}

/** A server on a port of its own that speaks like this family, and misbehaves when told to. */
export async function startFakeServer(options: FakeOptions): Promise<FakeServer> {
  const desk = new FakeDesk(options);
  const server = createServer((request, response) => {
    desk.serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: desk.asked,
    get mostAtOnce() {
      return desk.mostAtOnce;
    },
    holdUntil: (waiting) => desk.holdUntil(waiting),
    misbehave: (...what) => void desk.mischief.push(...what),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Answers requests, and knows what was asked. */
class FakeDesk {
  readonly asked: FakeBody[] = [];
  readonly mischief: Mischief[] = [];
  mostAtOnce = 0;
  readonly #options: FakeOptions;
  readonly #ways: Ways;
  #atOnce = 0;
  #hold = 0;
  #full = Promise.withResolvers<void>();

  constructor(options: FakeOptions) {
    this.#options = options;
    this.#ways = WAYS[options.family];
  }

  holdUntil(waiting: number): void {
    this.#hold = waiting;
    this.#full = Promise.withResolvers();
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const { authorization = "" } = request.headers;
    const { key, family } = this.#options;
    if (key !== undefined && authorization !== `Bearer ${key}`) {
      send(response, 401, errorBody(`Incorrect API key provided: ${authorization}`));
    } else if (request.method === "GET") send(response, 200, listOf(family));
    else {
      const sent = z.looseObject({}).parse(JSON.parse(text));
      if (request.url === "/apply-template")
        send(response, 200, applyTemplate(FakeBody.parse(sent)));
      else await this.#write(sent, { url: request.url ?? "", authorization, response });
    }
  }

  async #write(
    sent: object,
    {
      url,
      authorization,
      response,
    }: { url: string; authorization: string; response: ServerResponse },
  ): Promise<void> {
    const body = FakeBody.parse(sent);
    this.asked.push(body);
    await this.#wait();
    const mischief = this.mischief.shift();
    if (mischief) await misbehave(response, mischief, authorization);
    if (response.headersSent || response.destroyed) return;
    const refused = this.#ways.refuses.find((name) => name in sent);
    if (refused !== undefined) {
      send(response, 400, errorBody(`Unsupported parameter: '${refused}'.`));
      return;
    }
    const verdict = fakeVerdict(url, body, badVerdictOf(mischief));
    const reply = verdict ?? answer(url, body, this.#ways);
    if (mischief?.kind === "no usage") {
      for (const field of ["usage", "tokens_evaluated"]) Reflect.deleteProperty(reply, field);
    }
    if (mischief?.kind === "nan") sendNaN(response, reply);
    else send(response, 200, reply);
  }

  async #wait(): Promise<void> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    const { latencyMs } = this.#options;
    if (latencyMs !== undefined) await sleep(latencyMs);
    if (this.#atOnce >= this.#hold) this.#full.resolve();
    await this.#full.promise;
    this.#atOnce--;
  }
}

function applyTemplate({ messages = [] }: FakeBody): object {
  const chat = messages.map(({ role, content }) => `<${role}>${content}</${role}>`);
  return { prompt: `${chat.join("")}<assistant>` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** As Python writes it. */
function sendNaN(response: ServerResponse, body: unknown): void {
  response
    .writeHead(200, { "content-type": "application/json" })
    .end(JSON.stringify(body).replaceAll("null", "NaN"));
}

const BAD_VERDICTS: readonly BadVerdict[] = ["miscount", "nan", "null score"];

function badVerdictOf(mischief: Mischief | undefined): BadVerdict | null {
  return BAD_VERDICTS.find((kind) => kind === mischief?.kind) ?? null;
}

function errorBody(message: string): object {
  return { error: { message, type: "invalid_request_error", code: null } };
}

function listOf(family: FakeFamily): object {
  return { object: "list", data: [{ id: `${family}-model`, object: "model" }, { id: "other" }] };
}

async function misbehave(
  response: ServerResponse,
  mischief: Mischief,
  authorization: string,
): Promise<void> {
  switch (mischief.kind) {
    case "status":
      response
        .writeHead(mischief.status, mischief.headers)
        .end(JSON.stringify(errorBody("not now")));
      return;
    case "redirect":
      response.writeHead(307, { location: mischief.to }).end();
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "truncate":
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"choices":[{"te', () => response.destroy());
      return;
    case "garbage":
      response.writeHead(200).end("<html>gateway</html>");
      return;
    case "shape":
      return send(response, 200, { choices: [{ index: 0, finish_reason: "stop" }], usage: {} });
    case "empty":
      return send(response, 200, { choices: [], usage: usageOf("", [], PLAIN) });
    case "huge":
      response.writeHead(200).end(" ".repeat(12 * 2 ** 20));
      return;
    case "hang":
      await once(response, "close");
      return;
    case "drip":
      response.writeHead(200);
      while (!response.destroyed) {
        response.write(" ");
        await sleep(5);
      }
      return;
    case "echo key":
      return send(response, 400, errorBody(`you sent ${authorization}`));
    // These do something to the answer.
    case "no usage":
    case "miscount":
    case "nan":
    case "null score":
  }
}
