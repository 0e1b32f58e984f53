import path from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { build } from "vite";
import { STORIES } from "../src/app/stories/story-place.ts";
import type { RunEvent } from "../src/protocol/events.ts";
import type { RunSpec } from "../src/protocol/runs.ts";
import { STRATEGY_NAMES, smallSpec } from "../src/runs/small-specs.ts";
import { comparable } from "../src/search/record.ts";
import { openRun, runFromForm, status, toTheEnd, twin } from "./page-parts.ts";
import { watch } from "./server-fixture.ts";
import { ServerProcess } from "./server-process.ts";
import { type StaticSite, serveFolder } from "./static-site.ts";

/** The site is built once, and served under a path as static hosts do. */
const test = base.extend<{ page: Page }, { site: StaticSite }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs
    async ({}, use) => {
      const root = path.join(import.meta.dirname, "..");
      await build({ root, mode: "demo", logLevel: "error" });
      const site = await serveFolder(path.join(root, "dist-demo"), "/some/where/sentei/");
      await use(site);
      await site.close();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ site }, use) => use(site.url),
  page: async ({ page, site }, use) => {
    const incidents = await watch(page, new URL(site.url).origin);
    await use(page);
    expect(incidents).toEqual([]);
  },
});

test("without a server, one press shows a tree that grows to its answer, and it is there after a reload", async ({
  page,
}) => {
  await page.goto("./");
  await page.getByRole("button", { name: "Run an example" }).click();
  await toTheEnd(page);
  await expect(status(page)).toHaveText(/^finished/);
  await expect(
    page.getByRole("region", { name: "Answers" }).getByRole("row", { name: /selected/ }),
  ).toBeVisible();
  const run = openRun(page);
  const nodes = await twin(page).getByRole("treeitem").count();

  await page.reload();
  await toTheEnd(page);
  expect(openRun(page)).toBe(run);
  await expect(twin(page).getByRole("treeitem")).toHaveCount(nodes);
  await expect(page.getByRole("region", { name: "Runs" })).toContainText("Beam 16");
});

test("a search is paused, stepped, resumed and cancelled where it happens", async ({ page }) => {
  await page.goto("./");
  await runFromForm(page, { policy: "scripted-slow", verifier: "scripted", paused: true });
  await expect(status(page)).toHaveText(/^paused/);
  await page.getByRole("button", { name: "Step round" }).click();
  await expect(
    twin(page)
      .getByRole("treeitem", { name: /^step 1/ })
      .first(),
  ).toBeAttached();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(status(page)).toHaveText(/^cancelled/);

  await runFromForm(page, { policy: "scripted", verifier: "scripted", paused: true });
  await expect(status(page)).toHaveText(/^paused/);
  await page.getByRole("button", { name: "Resume search" }).click();
  await expect(status(page)).toHaveText(/^finished/);
});

test("a copied link grows the same tree at the same node in another browser, and once only", async ({
  page,
  browser,
  site,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("./");
  await runFromForm(page, { problem: "(7+5)*9-14*3", seed: 5 });
  await toTheEnd(page);
  await twin(page).press("Home");
  await twin(page).press("ArrowRight");
  await expect(page).toHaveURL(/node=\d+/);
  const nodes = await twin(page).getByRole("treeitem").allTextContents();
  await page.getByRole("button", { name: "Copy a link that grows this tree anywhere" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/[?&]run=go1-/);
  expect(link.length).toBeLessThan(400);

  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  const incidents = await watch(elsewhere, new URL(site.url).origin);
  await elsewhere.goto(link);
  await toTheEnd(elsewhere);
  const node = new URL(link).searchParams.get("node");
  await expect(twin(elsewhere)).toHaveAttribute("aria-activedescendant", `node-${node}`);
  expect(await twin(elsewhere).getByRole("treeitem").allTextContents()).toEqual(nodes);
  await elsewhere.reload();
  await toTheEnd(elsewhere);
  await expect(elsewhere.getByRole("region", { name: "Runs" })).toContainText("1 run");
  expect(incidents).toEqual([]);
  await context.close();
});

test("a link of an earlier version opens at its place, though the weights are others now", async ({
  page,
}) => {
  const run =
    "go1-eyJwIjoiKDcrNSkqOS0xNCozIiwicyI6WyJncmVlZHkiLHt9XSwibSI6WyJzZW50ZWktcyIsIjZlM2IiXSwidiI6bnVsbCwidCI6WzAsMCwxLDk2XSwibiI6M30";
  await page.goto(`./?run=${run}&node=1&order=score&titles=1&x=0.5&y=0&k=0.4x30`);
  await toTheEnd(page);
  await expect(twin(page)).toHaveAttribute("aria-activedescendant", "node-1");
  await expect(page.getByRole("radio", { name: "By score" })).toBeChecked();
  await expect(page.getByText("This link was made with other weights of sentei-s.")).toBeVisible();
});

test("a link that cannot be read says why", async ({ page }) => {
  await page.goto("./?run=go1-abc");
  await expect(
    page.getByText("This link is broken: a part of it is missing.").last(),
  ).toBeVisible();
  await page.goto("./?run=go7-abc");
  await expect(page.getByText(/made by a later version of Sentei/).last()).toBeVisible();
});

for (const { name, title } of STORIES) {
  test(`a story is told to its end: ${title}`, async ({ page }) => {
    await page.goto("./");
    await page.getByRole("button", { name: title }).click();
    const story = page.getByRole("region", { name: "Story" });
    await expect(story.getByRole("heading", { name: title })).toBeVisible();
    const pages = Number(/ of (\d+)/.exec((await story.getByText(/^1 of/).textContent())!)![1]);
    for (let at = 1; at <= pages; at++) {
      await expect(story.getByText(`${at} of ${pages}`)).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`story=${name}\\.${at}`));
      await expect(twin(page).getByRole("treeitem").first()).toBeAttached();
      if (at < pages) await story.getByRole("button", { name: "Next" }).click();
    }
    await expect(story.getByRole("button", { name: "Next" })).toBeDisabled();
    await page.goBack();
    await expect(story.getByText(`${pages - 1} of ${pages}`)).toBeVisible();
    await page.reload();
    await expect(story.getByText(`${pages - 1} of ${pages}`)).toBeVisible();
    await story.getByRole("button", { name: "Leave the story" }).click();
    await expect(page.getByRole("region", { name: "New run" })).toBeVisible();
  });
}

test("in a kiosk pages turn by themselves, rest when touched, and begin again when left alone", async ({
  page,
}) => {
  await page.clock.install();
  await page.goto("./?kiosk=1");
  const story = page.getByRole("region", { name: "Story" });
  await expect(story.getByText(/^1 of/)).toBeVisible();
  await expect(page.getByRole("banner")).toBeHidden();
  await page.clock.runFor(20_000);
  await expect(story.getByText(/^2 of/)).toBeVisible();
  await story.getByRole("button", { name: "Next" }).click();
  await expect(story.getByText(/^3 of/)).toBeVisible();
  await page.clock.runFor(50_000);
  await expect(story.getByText(/^3 of/)).toBeVisible();
  await page.clock.runFor(20_000);
  await expect(story.getByText(/^1 of/)).toBeVisible();
});

test("what needs a server says so", async ({ page }) => {
  await page.goto("./?page=evaluations");
  await expect(page.getByRole("heading", { name: "This needs a server" })).toBeVisible();
});

test("how the models were made is told without a server, and what they wrote opens as a tree", async ({
  page,
}) => {
  await page.goto("./?page=recipe");
  await expect(page.getByText("Training needs a server")).toBeVisible();
  await expect(page.getByRole("figure", { name: "Loss" }).first()).toBeVisible();
  await expect(page.getByText("Not begun.")).toHaveCount(0);
  await page.getByRole("button", { name: "Open as a tree" }).last().click();
  await expect(page.getByRole("treeitem").first()).toBeVisible();
});

/** Seeds of every strategy that are compared; all 50 are in the unit tests, where both sides are Node. */
const SEEDS = [1, 2, 3];

for (const name of STRATEGY_NAMES) {
  test(`B1: the worker in Chromium writes the server's log, byte for byte: ${name}`, async ({
    page,
  }) => {
    const server = await ServerProcess.start();
    const loading = page.waitForEvent("worker", (worker) =>
      worker.url().includes("browser-worker"),
    );
    await page.goto("./");
    const script = (await loading).url();
    for (const seed of SEEDS) {
      const spec = smallSpec(name, seed);
      const { id } = await (
        await fetch(`${server.url}/api/runs`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(spec),
        })
      ).json();
      await expect
        .poll(async () => (await (await fetch(`${server.url}/api/runs/${id}`)).json()).status)
        .toBe("finished");
      const there = await serverLog(server, id);
      const here = await logInPage(page, { script, spec });
      expect(here.map(comparableLine)).toEqual(there.map(comparableLine));
    }
    await server.stop();
  });
}

/** Events as they were written, not as a reader orders their fields. */
async function serverLog(server: ServerProcess, id: string): Promise<RunEvent[]> {
  const response = await fetch(`${server.url}/api/runs/${id}/events`, {
    headers: { accept: "application/x-ndjson" },
  });
  const lines = (await response.text()).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

function comparableLine(event: RunEvent): string {
  return JSON.stringify(comparable(event));
}

/** Runs a search in a worker of its own, by the words that the app has for it. */
function logInPage(page: Page, asked: { script: string; spec: RunSpec }): Promise<RunEvent[]> {
  return page.evaluate(async ({ script, spec }) => {
    const worker = new Worker(script, { type: "module" });
    const ask = (message: object) => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      worker.onmessage = ({ data }) => {
        if (data.kind === "refused") reject(new Error(data.details.detail));
        else resolve(data.kind === "piece" ? data.data : data.value);
      };
      worker.onerror = ({ message: why }) => reject(new Error(why));
      worker.postMessage(message);
      return promise;
    };
    worker.postMessage({ kind: "open", base: new URL("./", document.baseURI).href });
    const call = { kind: "call", id: 1, method: "startRun", args: [spec] };
    const { id: run } = (await ask(call)) as { id: string };
    await ask({ kind: "follow", id: 2, run, after: -1 });
    const events = [];
    for (;;) {
      const piece = (await ask({ kind: "more", id: 2 })) as string | null;
      if (piece === null) break;
      events.push(...JSON.parse(piece));
    }
    worker.terminate();
    return events;
  }, asked);
}
