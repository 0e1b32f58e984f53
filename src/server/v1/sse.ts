import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { SECURITY_HEADERS } from "../trust.ts";

/** Aborts when the client goes away before it was answered. */
export function whileConnected(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Where the tree of a run can be watched: the name of a header of every answer, and its value. */
export function treeHeader(request: FastifyRequest, run: string): Record<string, string> {
  return { "x-sentei-tree": `${request.protocol}://${request.host}/?run=${run}` };
}

/** Comments keep a connection open while a search has nothing to tell, ms. */
const HEARTBEAT_MS = 5_000;

/** Sends messages as server-sent events, as fast as they are taken; `event` is left out where it is empty. */
export async function sendEvents(
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
  messages: AsyncIterable<{ event?: string; data: string }>,
): Promise<void> {
  reply.hijack();
  const out: ServerResponse = reply.raw;
  out.writeHead(200, {
    ...SECURITY_HEADERS,
    ...headers,
    "content-type": "text/event-stream",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
  });
  out.flushHeaders();
  const heartbeat = setInterval(() => {
    if (!out.writableNeedDrain) out.write(": \n\n");
  }, HEARTBEAT_MS);
  try {
    for await (const { event, data } of messages) {
      if (out.destroyed) return;
      const name = event === undefined ? "" : `event: ${event}\n`;
      if (!out.write(`${name}data: ${data}\n\n`)) {
        await Promise.race([once(out, "drain"), once(out, "close")]);
      }
    }
    out.end();
  } finally {
    clearInterval(heartbeat);
    if (!out.writableEnded) out.destroy();
  }
}
