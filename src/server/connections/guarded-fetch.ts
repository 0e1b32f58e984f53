import { type LookupAddress, lookup } from "node:dns";
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { Readable } from "node:stream";
import type { Fetch } from "../../models/remote/model-server.ts";
import { ServerFault } from "../../models/remote/server-fault.ts";
import { whyNotCalled } from "./address-check.ts";

interface GuardedFetchOptions {
  readonly allowPrivate: boolean;
}

/**
 * `fetch` for addresses that a user typed: it connects only to addresses that
 * may be called, looked at after their names are resolved and at the moment of
 * connecting, so that a name cannot change its meaning in between. Follows no
 * redirect. Its connections are its own.
 */
export function guardedFetch(options: GuardedFetchOptions): Fetch {
  const agents = {
    "http:": new HttpAgent({ keepAlive: true }),
    "https:": new HttpsAgent({ keepAlive: true }),
  };
  const guarded: LookupFunction = (host, { all, ...rest }, callback) => {
    lookup(host, { ...rest, all: true }, (error, addresses) => {
      const refused = error ?? refusalOf(addresses, options);
      if (refused !== null) callback(refused, "");
      else if (all) callback(null, addresses);
      else callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
  return async (address, { method = "GET", headers, body, signal }) => {
    const url = new URL(address);
    if (url.protocol !== "http:" && url.protocol !== "https:") {
      throw forbidden(`${url.protocol} is no way to speak to a model server`);
    }
    const host = url.hostname.replace(/^\[|\]$/g, "");
    // Names are looked at when they are resolved; an address never is.
    const refused = isIP(host) ? refusalOf([{ address: host, family: isIP(host) }], options) : null;
    if (refused !== null) throw refused;
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const request = (url.protocol === "http:" ? requestHttp : requestHttps)(url, {
      ...{ method, headers: Object.fromEntries(new Headers(headers)), lookup: guarded },
      ...{ agent: agents[url.protocol], ...(signal && { signal }) },
    });
    request.on("response", resolve);
    request.on("error", reject);
    request.end(body ?? undefined);
    return responseOf(await promise);
  };
}

function refusalOf(
  addresses: readonly LookupAddress[],
  options: GuardedFetchOptions,
): ServerFault | null {
  for (const { address } of addresses) {
    const why = whyNotCalled(address, options);
    if (why !== null) return forbidden(why);
  }
  return null;
}

function forbidden(why: string): ServerFault {
  return new ServerFault("forbidden_address", why);
}

/** Statuses whose responses have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

function responseOf(message: IncomingMessage): Response {
  const { statusCode: status = 0 } = message;
  if (status < 200 || status > 599) {
    message.destroy();
    throw new ServerFault("garbage", `answered with the status ${status}`);
  }
  const headers = new Headers();
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    headers.append(message.rawHeaders[i]!, message.rawHeaders[i + 1]!);
  }
  const body = BODILESS.has(status) ? null : (Readable.toWeb(message) as ReadableStream);
  return new Response(body, { status, headers });
}
