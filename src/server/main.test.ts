import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import type { RunList } from "../protocol/runs.ts";
import {
  follow,
  getRun,
  readAll,
  readLog,
  type SeenEvent,
  startRun,
  type TestFolder,
  testFolder,
} from "./test-server.ts";

const MAIN = path.join(import.meta.dirname, "main.ts");

interface Launched {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly out: () => string;
  readonly errors: () => string;
  /** Ends when it is ready, or is over. */
  readonly ready: Promise<string>;
  readonly exit: Promise<number | null>;
}

const launched: Launched[] = [];
const folders: TestFolder[] = [];

afterEach(async () => {
  for (const { child, exit } of launched.splice(0)) {
    child.kill("SIGKILL");
    await exit;
  }
  for (const folder of folders.splice(0)) folder.remove();
});

function newFolder(): TestFolder {
  const folder = testFolder();
  folders.push(folder);
  return folder;
}

function launch({ dist, data }: TestFolder, env: Record<string, string> = {}): Launched {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, PORT: "0", SENTEI_DIST: dist, SENTEI_DATA: data, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let errors = "";
  const exit = once(child, "close").then(([code]) => code as number | null);
  const ready = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk) => {
      out += chunk;
      const [, url] = /ready: (\S+)\n/.exec(out) ?? [];
      if (url) resolve(url);
    });
    child.on("close", () => resolve(""));
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const server = { child, ready, exit, out: () => out, errors: () => errors };
  launched.push(server);
  return server;
}

/** Follows a run as long as the server lives; gives what it has seen, which grows. */
function watch(
  url: string,
  id: string,
  onEvents: () => void,
): { seen: SeenEvent[]; lost: Promise<void> } {
  const seen: SeenEvent[] = [];
  const read = async () => {
    for await (const { event, data } of follow(url, id)) {
      if (event === "end") return;
      seen.push(...(JSON.parse(data) as SeenEvent[]));
      onEvents();
    }
  };
  // The server is killed while it reads.
  return { seen, lost: read().catch(() => {}) };
}

test("R3: kill -9 at any moment: what readers saw is stored, the runs are interrupted, finished ones are untouched", async () => {
  const folder = newFolder();
  const kept = new Map<string, SeenEvent[]>();
  let watched = new Map<string, { seen: SeenEvent[]; lost: Promise<void> }>();
  let server = launch(folder);
  let url = await server.ready;
  for (const killAfter of [0, 7, 60, 150]) {
    const finished = await startRun(url, { seed: killAfter });
    kept.set(finished.id, (await readAll(url, finished.id)).events);

    const enough = Promise.withResolvers<void>();
    const count = () => [...watched.values()].reduce((sum, { seen }) => sum + seen.length, 0);
    const onEvents = () => count() >= killAfter && enough.resolve();
    for (const seed of [1, 2]) {
      const { id } = await startRun(url, { policy: "scripted-slow", seed });
      watched.set(id, watch(url, id, onEvents));
    }
    onEvents();
    await enough.promise;
    server.child.kill("SIGKILL");
    await server.exit;
    await Promise.all([...watched.values()].map(({ lost }) => lost));

    server = launch(folder);
    url = await server.ready;
    for (const [id, { seen }] of watched) {
      const { events, ending } = await readAll(url, id);
      expect(ending).toBe("interrupted");
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, seq) => seq));
      expect(events.slice(0, seen.length)).toEqual(seen);
      const summary = await getRun(url, id);
      expect(summary).toMatchObject({ status: "interrupted", lastSeq: events.length - 1 });
      kept.set(id, events);
    }
    watched = new Map();
  }
  const list = async (query: string) =>
    (await (await fetch(`${url}/api/runs${query}`)).json()) as RunList;
  expect((await list("")).total).toBe(kept.size);
  expect((await list("?status=finished")).total).toBe(4);
  expect((await list("?status=interrupted")).total).toBe(8);
  for (const [id, events] of kept) expect(await readLog(url, id)).toEqual(events);
}, 240_000);

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends it cleanly: readers are let go, what they saw is stored, exit code 0",
  async (signal) => {
    const folder = newFolder();
    const server = launch(folder);
    const url = await server.ready;
    expect(server.out()).toBe(`Sentei is ready: ${url}\n`);
    const running = await startRun(url, { policy: "scripted-slow" });
    const enough = Promise.withResolvers<void>();
    const { seen, lost } = watch(url, running.id, enough.resolve);
    await enough.promise;
    const asked = performance.now();
    server.child.kill(signal);
    expect(await server.exit).toBe(0);
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(server.errors()).toBe("");
    expect(server.out()).toBe(`Sentei is ready: ${url}\n`);
    await lost;
    // Nothing is left to be recovered.
    expect(readdirSync(folder.data).toSorted()).toEqual(["lock", "runs.sqlite"]);

    const again = launch(folder);
    const { events, ending } = await readAll(await again.ready, running.id);
    expect(ending).toBe("interrupted");
    expect(events.slice(0, seen.length)).toEqual(seen);
  },
);

test("a second server says in one sentence who has its data folder or its port, and leaves the first alone", async () => {
  const folder = newFolder();
  const first = launch(folder);
  const url = await first.ready;
  const second = launch(folder);
  expect(await second.exit).toBe(1);
  expect(second.out()).toBe("");
  expect(second.errors()).toBe(
    `the data folder ${folder.data} is in use by process ${first.child.pid}: ` +
      "stop that one, or set SENTEI_DATA to another folder\n",
  );
  const { port } = new URL(url);
  const third = launch(folder, { PORT: port });
  expect(await third.exit).toBe(1);
  expect(third.out()).toBe("");
  expect(third.errors()).toBe(
    `Port ${port} is taken: stop what is using it, or set PORT to another one.\n`,
  );
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
});

test.each([
  [
    "an app that is not built",
    { SENTEI_DIST: "/nowhere" },
    /^The app is not built: .*run npm start\.\n$/,
  ],
  ["a port that is no number", { PORT: "http" }, /^PORT must be a number .*"http"\.\n$/],
  [
    "a host that others reach",
    { HOST: "0.0.0.0" },
    /^HOST is 0\.0\.0\.0, which others can reach.*\n$/,
  ],
  [
    "a host that is not here",
    { HOST: "192.0.2.1", SENTEI_ALLOW_HOSTS: "a" },
    /^HOST is 192\.0\.2\.1.*\n$/,
  ],
  [
    "a data folder that is a file",
    { SENTEI_DATA: MAIN },
    /^the data folder .* cannot be used: .*\n$/,
  ],
])("%s ends the start with a sentence and exit code 1", async (_, env, sentence) => {
  const server = launch(newFolder(), env);
  expect(await server.exit).toBe(1);
  expect(server.errors()).toMatch(sentence);
  expect(server.out()).toBe("");
});
