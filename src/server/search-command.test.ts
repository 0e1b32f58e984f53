import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startFakeServer } from "../models/remote/fake-server.ts";
import { FAMILIES } from "../problems/families.ts";
import { RunEvent } from "../protocol/events.ts";
import { FORMAT_PRESETS } from "../protocol/format-presets.ts";
import { SCORING_PRESETS } from "../protocol/scoring.ts";
import { foldLog } from "../protocol/tree.ts";
import { comparable } from "../search/record.ts";
import { ConnectionStore } from "./connections/connection-store.ts";

const COMMAND = path.join(import.meta.dirname, "search-command.ts");
const SCRIPTED = ["--policy", "scripted", "--verifier", "checker"];

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, [COMMAND, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
}

const run = (...args: string[]) => outcomeOf(start(args));

async function outcomeOf(child: ReturnType<typeof start>) {
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { stdout, stderr, code };
}

function logOf(stdout: string): RunEvent[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => RunEvent.parse(JSON.parse(line)));
}

test("a search prints its log and nothing else, the same for the same seed", async () => {
  const args = ["--strategy", "beam", "--problem", "4 14 9 -> 50", "--seed", "7", ...SCRIPTED];
  const [a, b] = await Promise.all([run(...args), run(...args)]);
  expect([a.code, a.stderr]).toEqual([0, ""]);
  const log = logOf(a.stdout);
  expect(foldLog(log).ending).toMatchObject({ type: "finished" });
  expect(log.map(comparable)).toEqual(logOf(b.stdout).map(comparable));
});

test("an example can be passed on", async () => {
  for (const { name: family } of FAMILIES) {
    const example = await run("--example", "--family", family, "--level", "4", "--seed", "3");
    expect([example.code, example.stderr]).toEqual([0, ""]);
    const problem = example.stdout.trimEnd();
    const { code, stdout } = await run("--problem", problem, "--strategy", "greedy", ...SCRIPTED);
    expect(code).toBe(0);
    expect(logOf(stdout)[0]).toMatchObject({ problem: { family, text: problem, level: 4 } });
  }
});

test.each([
  [["--n", "many", "--problem", "1+2*3"], /--n must be a number/],
  [["--problem", "4 14 x -> 50"], /--problem: "x" is not a whole number \(at character 6\)/],
  [["--problem", "1 1 -> 50"], /--problem: no combination/],
  [["--problem", "1+2*3", "--policy", "gpt"], /--policy: no policy is called "gpt"/],
  [["--problem", "1+2*3", "--policy", "scripted", "--verifier", "x"], /--verifier: no verifier/],
  [["--problem", "1+2*3", "--policy", "scripted", "--verifier", "none"], /--verifier: beam/],
])("%j is refused with one sentence and exit code 2", async (args, sentence) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(sentence);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("Ctrl-C ends the log in cancelled", async () => {
  const child = start(["--problem", "1+2*3", "--policy", "scripted-slow", "--verifier", "checker"]);
  child.stdout.once("data", () => child.kill("SIGINT"));
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  expect(code).toBe(130);
  expect(logOf(stdout).at(-1)).toMatchObject({ type: "cancelled", by: "Ctrl-C" });
});

test("a reader that goes away ends the search without a word", async () => {
  const child = start(["--problem", "1+2*3", "--policy", "scripted-slow", "--verifier", "checker"]);
  child.stdout.once("data", () => child.stdout.destroy());
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  expect([code, stderr]).toEqual([141, ""]);
});

test("connected models are asked for by their names, as the server has them", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "sentei-search-"));
  const fake = await startFakeServer({ family: "vllm" });
  try {
    const store = new ConnectionStore(folder, {});
    const [{ format }] = FORMAT_PRESETS as [(typeof FORMAT_PRESETS)[number]];
    store.save({ id: "mine", url: fake.url, api: "completions", model: "m", format });
    const [{ scoring }] = SCORING_PRESETS as [(typeof SCORING_PRESETS)[number]];
    store.save({ id: "prm", url: fake.url, role: "verifier", model: "p", scoring });
    const flags = ["--policy", "mine/m", "--verifier", "prm/p", "--max-step-tokens", "200"];
    const { code, stdout } = await outcomeOf(
      start(["--problem", "How many?", "--strategy", "best-of-n", "--n", "3", ...flags], {
        SENTEI_DATA: folder,
      }),
    );
    expect(code).toBe(0);
    const log = logOf(stdout);
    expect(log[0]).toMatchObject({ policy: { name: "mine/m" }, verifier: { name: "prm/p" } });
    expect(log.find(({ type }) => type === "selected")).toMatchObject({ answer: "66" });
  } finally {
    await fake.close();
    rmSync(folder, { recursive: true });
  }
});
