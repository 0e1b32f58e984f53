import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningServer } from "./start-server.ts";
import {
  getRun,
  rawRequest,
  specOf,
  startRun,
  startTestServer,
  testFolder,
} from "./test-server.ts";
import { isLoopback, refusal, SECURITY_HEADERS, trustedHosts } from "./trust.ts";

const folder = testFolder();
let server: RunningServer;
let url: string;
let port: number;
let run: string;
/** Every route with something to ask it, and some paths that are none. */
let paths: string[];

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

beforeAll(async () => {
  server = await startTestServer(folder);
  url = server.url;
  port = Number(new URL(url).port);
  run = (await startRun(url, { paused: true })).id;
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as { paths: object };
  const routes = Object.keys(document.paths).map((path) => path.replace("{id}", run));
  paths = [...routes, "/", "/assets/app-12345678.js", "/index.html", "/api/none", "/%61pi/runs"];
}, 60_000);
afterAll(async () => {
  await server.close();
  folder.remove();
});

interface Expected {
  readonly only?: (path: string) => boolean;
  readonly refusals?: readonly number[];
}

/** Asks every path with every method and these headers; gives the answers that are not refusals. */
async function answered(
  headers: readonly string[],
  { only = () => true, refusals = [403, 421] }: Expected = {},
) {
  const asked = paths.filter(only).flatMap((path) => METHODS.map((method) => ({ path, method })));
  const passed: string[] = [];
  for (const { path, method } of asked) {
    const body = method === "POST" ? JSON.stringify({ ...specOf(), command: "cancel" }) : undefined;
    const { status, headers: got } = await rawRequest(url + path, {
      method,
      headers: ["content-type", "application/json", ...headers],
      ...(body !== undefined && { body }),
    });
    if (status < 400) passed.push(`${method} ${path} ${status}`);
    else expect(refusals, `${method} ${path}`).toContain(status);
    if (status !== 400) expect(got).toMatchObject(SECURITY_HEADERS);
  }
  return passed;
}

/** Host headers of pages that are not this server's. `PORT` stands for its port. */
const FOREIGN_HOSTS = [
  ...["evil.com", "evil.com:PORT", "127.0.0.1.nip.io:PORT", "127.0.0.1:PORT.evil.com"],
  ...["localhost", "localhost:80", "localhost:1", "localhost:PORT0", "localhost.:PORT"],
  ...["LOCALHOST.evil.com:PORT", "sub.localhost:PORT", "localhost:PORT/", "localhost:PORT#"],
  ...["127.0.0.1", "127.0.0.1:80", "127.0.0.1.:PORT", "127.0.0.2:PORT", "127.1:PORT"],
  ...["0.0.0.0:PORT", "0177.0.0.1:PORT", "2130706433:PORT", "0x7f.1:PORT", "127.000.000.001:PORT"],
  ...["[::1]", "[::1]:80", "::1:PORT", "[::]:PORT", "[0:0:0:0:0:0:0:1]:PORT"],
  ...[
    "[::ffff:127.0.0.1]:PORT",
    "[::1%25lo]:PORT",
    "user@localhost:PORT",
    "localhost:PORT@evil.com",
  ],
  ...["localhost:PORT,evil.com", "evil.com,localhost:PORT", "localhost :PORT", "localhost:+PORT"],
  ...["localhost:0PORT", "http://localhost:PORT", "10.0.0.1:PORT", "192.168.0.1:PORT", "*", "null"],
];

test("R5: whatever asks for another host is refused on every route, by every method", async () => {
  expect(FOREIGN_HOSTS.length).toBeGreaterThanOrEqual(40);
  for (const host of FOREIGN_HOSTS) {
    const passed = await answered(["host", host.replaceAll("PORT", String(port))]);
    expect(passed, host).toEqual([]);
  }
  expect(await answered([], { refusals: [400] })).toEqual([]);
  const own = `localhost:${port}`;
  expect(await answered(["host", own, "host", "evil.com"])).toEqual([]);
  expect(await answered(["host", "evil.com", "host", own])).toEqual([]);
  expect((await getRun(url, run)).status).toBe("paused");
});

test("R5: pages of other origins are refused on every route, by every method", async () => {
  const own = `localhost:${port}`;
  const foreign = [
    ...["null", "http://evil.com", `http://evil.com:${port}`, "http://localhost", "file://"],
    ...[
      `http://127.0.0.1:${port}`,
      `http://localhost:${port + 1}`,
      `http://localhost:${port}.evil.com`,
    ],
    ...[`http://localhost:${port}, http://evil.com`, `ftp://localhost:${port}`, ""],
  ];
  for (const origin of foreign) {
    expect(await answered(["host", own, "origin", origin]), origin).toEqual([]);
  }
  expect((await getRun(url, run)).status).toBe("paused");
});

test("the API does not answer pages of other sites, whatever they send", async () => {
  const own = `localhost:${port}`;
  const only = (path: string) => path.includes("pi/");
  for (const site of [
    "cross-site",
    "same-site",
    "same-origin, cross-site",
    "CROSS-SITE",
    "x",
    "",
  ]) {
    // What is no route does nothing and tells nothing.
    const passed = await answered(["host", own, "sec-fetch-site", site], {
      only,
      refusals: [400, 403, 404],
    });
    expect(passed, site).toEqual([]);
  }
  expect((await getRun(url, run)).status).toBe("paused");
});

test("this server's own pages, and programs, are answered under all its names", async () => {
  for (const host of [
    `localhost:${port}`,
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
    `LocalHost:${port}`,
  ]) {
    for (const headers of [
      ["host", host],
      ["host", host, "origin", `http://${host.toLowerCase()}`, "sec-fetch-site", "same-origin"],
      ["host", host, "sec-fetch-site", "none"],
    ]) {
      for (const path of ["/", "/api/runs", "/assets/app-12345678.js"]) {
        const { status, headers: got } = await rawRequest(url + path, { headers });
        expect(status).toBe(200);
        expect(got).toMatchObject(SECURITY_HEADERS);
      }
    }
  }
  const link = ["host", `localhost:${port}`, "sec-fetch-site", "cross-site"];
  expect((await rawRequest(`${url}/?run=${run}`, { headers: link })).status).toBe(200);
  const events = await rawRequest(`${url}/api/runs/${run}/events`);
  expect(events.headers).toMatchObject(SECURITY_HEADERS);
});

test("hashed files are kept for ever, the page is asked for each time, the API's answers are not kept", async () => {
  const caching = async (path: string) => (await rawRequest(url + path)).headers["cache-control"];
  expect(await caching("/assets/app-12345678.js")).toBe("public, max-age=31536000, immutable");
  expect(await caching("/")).toBe("no-cache");
  expect(await caching("/index.html")).toBe("no-cache");
  expect(await caching("/api/runs")).toBe("no-store");
});

test("files outside of the app are not served, however they are spelled", async () => {
  for (const path of [
    ...["/../data/runs.sqlite", "/..%2fdata%2fruns.sqlite", "/%2e%2e/data/runs.sqlite"],
    ...[
      "/assets/../../data/runs.sqlite",
      "/assets/..%5c..%5cdata",
      "/assets",
      "/%00",
      "//etc/passwd",
    ],
  ]) {
    const answer = await rawRequest(url, { path });
    expect(answer.status, path).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain("SQLite format");
  }
});

test("a proxy's names are trusted with and without the port, others as they are written", () => {
  const hosts = trustedHosts(7360, ["Sentei.example", "other.example:8443", "[fd00::1]"]);
  expect([...hosts].toSorted()).toEqual(
    [
      ...["localhost:7360", "127.0.0.1:7360", "[::1]:7360"],
      ...[
        "sentei.example",
        "sentei.example:7360",
        "other.example:8443",
        "[fd00::1]",
        "[fd00::1]:7360",
      ],
    ].toSorted(),
  );
  const ask = (host: string, origin: string) =>
    refusal({ headers: { host, origin }, rawHeaders: ["Host", host] }, { hosts, isApi: true });
  expect(ask("sentei.example", "https://sentei.example")).toBeNull();
  expect(ask("sentei.example", "https://other.example:8443")).toMatchObject({ status: 403 });
  expect(ask("other.example", "https://other.example")).toMatchObject({ status: 421 });
});

test("loopback is what only this machine reaches", () => {
  for (const host of ["localhost", "127.0.0.1", "127.8.9.1", "::1"])
    expect(isLoopback(host)).toBe(true);
  for (const host of [
    "0.0.0.0",
    "::",
    "10.0.0.1",
    "127.evil.com",
    "localhost.evil.com",
    "",
    "128.0.0.1",
  ]) {
    expect(isLoopback(host)).toBe(false);
  }
});
