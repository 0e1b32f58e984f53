import { existsSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import type { FakeFamily } from "../src/models/remote/fake-replies.ts";
import { type FakeServer, startFakeServer } from "../src/models/remote/fake-server.ts";
import { brokenRules } from "./axe.ts";
import { openRun, runFromForm, status, toTheEnd, twin } from "./page-parts.ts";
import { readLog } from "./run-api.ts";
import { answered, test } from "./server-fixture.ts";

const ROOT = path.join(import.meta.dirname, "..");
/** llama.cpp, where `npm run bench -- llama` or CI has installed it. */
const LLAMA =
  process.env["SENTEI_LLAMA_CPP"] ?? path.join(ROOT, "bench/llama/node_modules/node-llama-cpp");
// Servers have the environment of the tests.
Object.assign(process.env, { SENTEI_LLAMA_CPP: LLAMA, SENTEI_LLAMA_GPU: "off" });

const KEY = "sk-0123456789abcdef";
const PROBLEM = "How many legs do three cats and a hen have?";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function connect(
  page: Page,
  fake: FakeServer,
  { id, api, verifier, key = KEY }: Record<string, string>,
) {
  await button(page, "Connect a model").click();
  const form = page.getByRole("form", { name: "Connect a model" });
  await form.getByRole("textbox", { name: "Name" }).fill(id!);
  if (verifier === undefined) {
    await form.getByRole("combobox", { name: "Kind of API" }).selectOption(api!);
  } else {
    await form.getByRole("combobox", { name: "Role" }).selectOption("verifier");
    await form.getByRole("combobox", { name: "Kind of verifier" }).selectOption(verifier);
  }
  await form.getByRole("textbox", { name: "URL" }).fill(fake.url);
  await form.getByRole("textbox", { name: "Model, as the server calls it" }).fill("vllm-model");
  await form.getByLabel("Key", { exact: true }).fill(key);
  await form.getByRole("button", { name: /^Save and (probe|test)$/ }).click();
}

async function withFake(family: FakeFamily, use: (fake: FakeServer) => Promise<void>) {
  const fake = await startFakeServer({ family, key: KEY });
  try {
    await use(fake);
  } finally {
    await fake.close();
  }
}

test("a newcomer connects a server, sees what it can do, and searches with it", async ({
  page,
  server,
}) => {
  await withFake("vllm", async (fake) => {
    await page.goto("/");
    await page.getByRole("navigation", { name: "Pages" }).getByText("Models").click();
    await expect(page).toHaveURL(/\?page=models$/);
    await expect(page.getByText("No model is connected.")).toBeVisible();

    await connect(page, fake, { id: "my-vllm", api: "completions", key: "wrong" });
    const mine = card(page, "my-vllm");
    await expect(mine.getByRole("status")).toContainText("answered 401");
    await mine.getByRole("button", { name: "Change" }).click();
    await page.getByLabel("Key", { exact: true }).fill(KEY);
    await button(page, "Save and probe").click();
    await expect(mine.getByRole("status")).toContainText("It answers");
    await expect(mine).toContainText("key set");
    await expect(mine).toContainText("every strategy can use it");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await brokenRules(page)).toEqual([]);
    }

    await mine.getByRole("button", { name: "Search with it" }).click();
    await expect(page.getByRole("combobox", { name: "Policy" })).toHaveValue("my-vllm/vllm-model");
    await runFromForm(page, { problem: PROBLEM, strategy: "Majority" });
    await toTheEnd(page);
    await expect(status(page)).toHaveText("finished");
    await twin(page).press("Home");
    await twin(page).press("ArrowRight");
    await expect(page.getByRole("treeitem", { selected: true })).toContainText(
      "Step 1: look at it",
    );
    const log = await readLog(server, openRun(page));
    expect(log.find(({ type }) => type === "selected")).toMatchObject({ answer: "66" });
    expect(JSON.stringify(log)).not.toContain(KEY);
    expect(await page.content()).not.toContain(KEY);
  });
});

test("what only writes whole solutions is offered with what it can do, and why not more", async ({
  page,
}) => {
  await withFake("openai-reasoning", async (fake) => {
    await page.goto("/?page=models");
    await connect(page, fake, { id: "hosted", api: "chat" });
    const hosted = card(page, "hosted");
    await expect(hosted).toContainText("it costs tokens and cannot be shown");
    await expect(hosted).toContainText("Not sent");
    await hosted.getByRole("button", { name: "Search with it" }).click();
    const strategies = page.getByRole("combobox", { name: "Strategy" });
    await expect(strategies).toHaveValue("majority");
    await expect(strategies.getByRole("option", { name: "Beam", exact: true })).toBeDisabled();
    await runFromForm(page, { problem: PROBLEM });
    await toTheEnd(page);
    await expect(status(page)).toHaveText("finished");
  });
});

test("a newcomer connects a verifier, sees that it tells right from wrong, and searches with it", async ({
  page,
  server,
}) => {
  await withFake("vllm", async (fake) => {
    await page.goto("/?page=models");
    await connect(page, fake, { id: "my-vllm", api: "completions" });
    await expect(card(page, "my-vllm").getByRole("status")).toContainText("It answers");

    fake.misbehave({ kind: "miscount" });
    await connect(page, fake, { id: "my-prm", verifier: "qwen-prm" });
    const prm = card(page, "my-prm");
    await expect(prm.getByRole("status")).toContainText("scores for 3 steps");
    await prm.getByRole("button", { name: "Self-test" }).click();
    await expect(prm.getByRole("status")).toContainText("The order is right");
    const wrong = prm.getByRole("table", { name: "Wrong" }).nth(1);
    await expect(wrong.getByRole("row").nth(1)).toContainText("the mistake");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await brokenRules(page)).toEqual([]);
    }

    await card(page, "my-vllm").getByRole("button", { name: "Search with it" }).click();
    await page.getByRole("navigation", { name: "Pages" }).getByText("Models").click();
    await prm.getByRole("button", { name: "Search with it" }).click();
    await expect(page.getByRole("combobox", { name: "Verifier" })).toHaveValue("my-prm/vllm-model");
    await runFromForm(page, { problem: PROBLEM });
    await toTheEnd(page);
    await expect(status(page)).toHaveText("finished");
    const log = await readLog(server, openRun(page));
    expect(log[0]).toMatchObject({
      policy: { name: "my-vllm/vllm-model" },
      verifier: { name: "my-prm/vllm-model" },
    });
    expect(log.find(({ type }) => type === "scored")).toMatchObject({
      scorer: "my-prm/vllm-model",
    });
  });
});

test("a run whose server breaks down fails with what went wrong, and keeps what it has", async ({
  page,
  server,
}) => {
  await withFake("vllm", async (fake) => {
    await page.goto("/?page=models");
    await connect(page, fake, { id: "my-vllm", api: "completions" });
    await expect(card(page, "my-vllm").getByRole("status")).toContainText("It answers");
    await card(page, "my-vllm").getByRole("button", { name: "Search with it" }).click();
    fake.misbehave({ kind: "status", status: 400 });
    await runFromForm(page, { problem: PROBLEM, strategy: "Majority" });
    await expect(status(page)).toContainText("failed");
    const failedAt = page.url();
    const log = await readLog(server, openRun(page));
    expect(log.at(-1)).toMatchObject({ type: "failed", fault: "refused" });
    expect(log.filter(({ type }) => type === "proposed")).toHaveLength(15);

    const before = fake.asked.length;
    await button(page, "Go on from here").click();
    await expect(page).not.toHaveURL(failedAt);
    await expect(status(page)).toHaveText("finished");
    const resumed = await readLog(server, openRun(page));
    expect(resumed[0]).toMatchObject({ forkedFrom: { seq: log.length - 1 } });
    expect(resumed.filter(({ type }) => type === "proposed")).toHaveLength(64);
    expect(fake.asked.length - before).toBe(64 - 15);

    await page.goto("/?page=models");
    await card(page, "my-vllm").getByRole("button", { name: "Remove" }).click();
    await button(page, "Remove my-vllm and its key").click();
    await expect(page.getByText("No model is connected.")).toBeVisible();
  });
});

test("a second verifier says of every step what it thinks, and the tree can show that", async ({
  page,
  server,
}) => {
  await page.goto("/");
  const panel = page.getByRole("region", { name: "New run" });
  await panel.getByText("More", { exact: true }).click();
  await panel.getByRole("combobox", { name: "Second opinion" }).selectOption("checker");
  await runFromForm(page, { strategy: "Beam", policy: "scripted", verifier: "scripted" });
  await toTheEnd(page);
  await expect(status(page)).toHaveText("finished");
  const log = await readLog(server, openRun(page));
  const judged = log.filter(({ type }) => type === "judged");
  expect(judged).toHaveLength(log.filter(({ type }) => type === "proposed").length);
  await twin(page).press("Home");
  await twin(page).press("ArrowRight");
  await expect(page.getByRole("definition").filter({ hasText: "by checker" })).toBeVisible();
  await page.getByRole("button", { name: /^View/ }).click();
  await page.getByRole("radio", { name: "The second's" }).check();
  await expect(page.getByRole("region", { name: "Legend" })).toContainText("Second score");
});

test.describe("in a file", () => {
  test.use({ excused: answered(422) });

  test("a GGUF file is connected by its path, probed and searched with, without any server", async ({
    page,
    server,
  }) => {
    test.skip(!existsSync(LLAMA), "node-llama-cpp is not installed");
    await page.goto("/?page=models");
    await button(page, "Connect a model").click();
    const form = page.getByRole("form", { name: "Connect a model" });
    await form.getByRole("textbox", { name: "Name" }).fill("my-file");
    await form.getByRole("combobox", { name: "Where it is" }).selectOption("file");
    await form.getByRole("combobox", { name: "Kind of model" }).selectOption("sentei");
    const field = form.getByRole("textbox", { name: /^Path of the GGUF file/ });
    await field.fill("/nowhere/model.gguf");
    await button(page, "Save and probe").click();
    await expect(form).toContainText("must name a file that is there");
    expect(await brokenRules(page)).toEqual([]);
    await field.fill(path.join(ROOT, "public/models/sentei-s.gguf"));
    await button(page, "Save and probe").click();
    const mine = card(page, "my-file");
    await expect(mine.getByRole("status")).toContainText("It answers", { timeout: 30_000 });
    await mine.getByRole("button", { name: "Search with it" }).click();
    await runFromForm(page, { problem: "(7+5)*9-14*3" });
    await toTheEnd(page);
    const log = await readLog(server, openRun(page));
    expect(log[0]).toMatchObject({ policy: { name: "my-file/sentei-s" } });
  });
});
