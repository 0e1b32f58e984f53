import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** What a page may do: no inline script or style, and nothing from elsewhere. `framedBy`: who may show it in a frame. */
function policyOf(framedBy: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedBy}`,
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** Headers of every response. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": policyOf("'none'"),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
};

/** Headers of the page that is made for frames, in pages of this server and of these origins. */
export function frameHeaders(origins: readonly string[]): Readonly<Record<string, string>> {
  return { "content-security-policy": policyOf(["'self'", ...origins].join(" ")) };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/**
 * Values of the Host header that are this server, in lower case: the names of
 * the loopback interface and those that the operator trusts, each with the port,
 * and a trusted name also without it, for a proxy on a standard port. A
 * page that a foreign name was rebound to cannot send one of them.
 */
export function trustedHosts(port: number, allowed: readonly string[]): ReadonlySet<string> {
  const local = ["localhost", "127.0.0.1", "[::1]"].map((name) => `${name}:${port}`);
  const named = allowed.flatMap((name) => {
    const lower = name.toLowerCase();
    return /:\d+$/.test(lower) ? [lower] : [lower, `${lower}:${port}`];
  });
  return new Set([...local, ...named]);
}

export interface Refusal {
  readonly status: 403 | 421;
  readonly detail: string;
}

/**
 * Why this request is not answered, or `null`. Whatever the method: it must name
 * this server as its host, exactly once (DNS rebinding); a page that sends it
 * must be of this server (forged requests); and the API answers no page of
 * another site at all, not even with what that page could not read.
 */
export function refusal(
  { headers, rawHeaders }: Pick<IncomingMessage, "headers" | "rawHeaders">,
  { hosts, isApi }: { hosts: ReadonlySet<string>; isApi: boolean },
): Refusal | null {
  const host = headers.host?.toLowerCase() ?? "";
  const times = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host").length;
  if (times !== 1 || !hosts.has(host)) {
    return {
      status: 421,
      detail: `This server is not "${host}"; SENTEI_ALLOW_HOSTS names what it is besides localhost.`,
    };
  }
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    return { status: 403, detail: `Pages of ${origin} may not ask this server.` };
  }
  const site = headers["sec-fetch-site"] ?? "none";
  if (isApi && site !== "none" && site !== "same-origin") {
    return { status: 403, detail: `Pages of other sites may not ask this server (${site}).` };
  }
  return null;
}
