import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PolicySpec } from "../../protocol/connections.ts";
import { FORMAT_PRESETS } from "../../protocol/format-presets.ts";
import { ConnectionStore } from "./connection-store.ts";

const KEY = "sk-0123456789abcdef";
const { format } = FORMAT_PRESETS[0]!;

const inputOf = (
  change: Partial<PolicySpec> & { key?: string | null } = {},
): PolicySpec & { key?: string | null } => ({
  ...{
    id: "my-server",
    url: "http://127.0.0.1:8000/v1",
    api: "completions",
    model: "qwen",
    format,
    ...{ allowPrivate: false, maxInFlight: 64, timeout: 300 },
  },
  ...change,
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sentei-connections-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const storeOf = (env: Record<string, string> = {}) => new ConnectionStore(folder, env);

test("K2: what was saved is there for another process, and its key opens", () => {
  expect(storeOf().save(inputOf({ key: KEY }))).toMatchObject({ id: "my-server", key: "stored" });
  expect(storeOf().list()).toMatchObject([
    { id: "my-server", maxInFlight: 64, capabilities: null },
  ]);
  expect(storeOf().open("my-server")).toMatchObject({ key: KEY, spec: { model: "qwen" } });
  expect(storeOf().open("another")).toBeNull();
  expect(storeOf().remove("my-server")).toBe(true);
  expect([storeOf().remove("my-server"), storeOf().list()]).toEqual([false, []]);
});

test("K3: a key is in no file as it is, and no file is for others to read", () => {
  const store = storeOf();
  store.save(inputOf({ key: KEY }));
  for (const file of readdirSync(folder)) {
    const whole = path.join(folder, file);
    const text = readFileSync(whole);
    expect(statSync(whole).mode & 0o077).toBe(0);
    for (const form of [
      KEY,
      Buffer.from(KEY).toString("base64"),
      Buffer.from(KEY).toString("hex"),
    ]) {
      expect(text.includes(form)).toBe(false);
    }
  }
  expect(JSON.stringify(store.list())).not.toContain(KEY);
});

test("K3: a key goes to no other server than that which it was given for", () => {
  const store = storeOf();
  store.save(inputOf({ key: KEY }));
  expect(store.save(inputOf({ url: "http://127.0.0.1:8000/other/v1" })).key).toBe("stored");
  expect(store.save(inputOf({ url: "https://evil.example/v1" })).key).toBe("none");
  expect(store.open("my-server")!.key).toBeNull();

  store.save(inputOf({ key: KEY }));
  const file = path.join(folder, "connections.json");
  writeFileSync(file, readFileSync(file, "utf8").replace("127.0.0.1:8000", "evil.example"));
  expect(store.open("my-server")).toMatchObject({
    key: null,
    spec: { url: "http://evil.example/v1" },
  });
});

test("a key is kept when none is sent, and forgotten when null is", () => {
  const store = storeOf();
  store.save(inputOf({ key: KEY }));
  expect(store.save(inputOf({ model: "llama" })).key).toBe("stored");
  expect(store.open("my-server")!.key).toBe(KEY);
  expect(store.save(inputOf({ key: null })).key).toBe("none");
});

test("a key in the environment goes before a stored one, and is not stored", () => {
  storeOf().save(inputOf({ key: KEY }));
  const store = storeOf({ SENTEI_KEY_MY_SERVER: "sk-from-outside" });
  expect(store.list()).toMatchObject([{ key: "environment" }]);
  expect(store.open("my-server")!.key).toBe("sk-from-outside");
  expect(storeOf().open("my-server")!.key).toBe(KEY);
});

test("what was probed holds until another model is asked", () => {
  const store = storeOf();
  store.save(inputOf());
  const { spec } = store.open("my-server")!;
  const found = {
    ...{
      models: null,
      continues: "text" as const,
      stopReason: true,
      several: true,
      logprobs: true,
    },
    ...{
      seed: true,
      usage: true,
      cachedTokens: false,
      reasoning: "none" as const,
      refuses: [],
      ms: 1,
    },
  };
  expect(store.learn(spec, { capabilities: found })).toMatchObject({ capabilities: found });
  expect(store.save(inputOf({ maxInFlight: 4 }))).toMatchObject({ capabilities: found });
  expect(store.save(inputOf({ model: "llama" }))).toMatchObject({ capabilities: null });
  expect(store.learn(spec, { capabilities: found })).toBeNull();
});

test("a file that cannot be read says so, and not what is in it", () => {
  writeFileSync(path.join(folder, "connections.json"), `{"key":"${KEY}"`);
  expect(() => storeOf().list()).toThrow(/^connections.json in the data folder cannot be read$/);
});
