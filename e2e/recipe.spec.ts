import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { brokenRules } from "./axe.ts";
import { nodePanel, openRun, status, twin } from "./page-parts.ts";
import { readLog } from "./run-api.ts";
import { test as base, SERVER_GONE } from "./server-fixture.ts";
import { ServerProcess } from "./server-process.ts";

const ROOT = path.join(import.meta.dirname, "..");

/** A server that trains everything in seconds, into a folder of this test. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs
  server: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), "sentei-recipe-"));
    const server = await ServerProcess.start({
      env: {
        SENTEI_RECIPE: path.join(ROOT, "src/server/training/toy-recipe.json"),
        SENTEI_TRAINING: path.join(folder, "training"),
        SENTEI_MODELS: path.join(folder, "models"),
      },
    });
    await use(server);
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    expect(server.errors, "the server complained").toBe("");
  },
});

const state = (page: Page) => page.getByRole("main").getByRole("status");
const chart = (page: Page, title: string) => page.getByRole("figure", { name: title }).first();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** How far the first line of the loss goes, in thousands of tokens. */
async function tokensSeen(page: Page): Promise<number> {
  const words = await chart(page, "Loss").getAttribute("aria-label");
  const [, amount, unit] = /at ([\d.]+)([KM]) tokens/.exec(words ?? "") ?? [];
  return Number(amount) * (unit === "M" ? 1000 : 1);
}

async function expectClean(page: Page): Promise<void> {
  expect(await brokenRules(page)).toEqual([]);
}

test.describe(() => {
  test.use({ excused: SERVER_GONE });

  test("a training is started, paused, reloaded, gone on with and found again; its samples open as trees", async ({
    page,
    server,
  }) => {
    test.setTimeout(90_000);
    await page.goto("/?page=recipe");
    await expect(state(page)).toHaveText("Nothing was trained in this folder yet.");
    // Until then: how the models were made that come along.
    await expect(page.getByText(/the models went that come with Sentei/)).toBeVisible();
    await expect(chart(page, "Right on held-out problems")).toBeVisible();
    await expect(page.getByText("Not begun.")).toHaveCount(0);
    await button(page, "Train all four steps").click();
    await expect(state(page)).toHaveText("Size S is being trained.");

    await expect(chart(page, "Loss").locator("svg").last()).toBeVisible();
    await expect(chart(page, "Right on held-out problems")).toBeVisible();
    await button(page, "Pause").click();
    await expect(state(page)).toHaveText("Size S is paused at its last checkpoint.");
    const before = await tokensSeen(page);

    await button(page, "Show that of the shipped models").click();
    await expect(chart(page, "Loss")).toHaveAttribute("aria-label", /at 36\.9M tokens/);
    await button(page, "Show this server's own").click();
    await expect.poll(() => tokensSeen(page)).toBeGreaterThanOrEqual(before);

    await page.reload();
    await expect(state(page)).toHaveText("Size S is paused at its last checkpoint.");
    const held = await tokensSeen(page);
    expect(held).toBeGreaterThanOrEqual(before);
    await button(page, "Go on").click();
    await expect(state(page)).toHaveText("Size S is being trained.");
    await expect.poll(() => tokensSeen(page)).toBeGreaterThan(held);
    await expect(state(page)).toHaveText("Size S is trained.", { timeout: 60_000 });
    await expect(page.getByText("Not begun.")).toHaveCount(0);
    await expect(chart(page, "How often a step scored p is right")).toBeVisible();
    await expect(chart(page, "Searches of held-out problems")).toBeVisible();
    const whole = await page.getByRole("figure").count();

    await server.kill();
    await server.restart();
    await page.reload();
    await expect(state(page)).toHaveText("Size S is trained.");
    await expect(page.getByRole("figure")).toHaveCount(whole);

    const samples = page.getByRole("region", { name: "What it writes: Tune a policy" });
    const attempts = await samples.getByRole("list", { name: "Steps" }).count();
    const problem = await samples.locator(".problem").textContent();
    await samples.getByRole("button", { name: "Open as a tree" }).click();
    await expect(status(page)).toHaveText("finished");
    await expect(page.getByRole("banner")).toContainText("replayed S/policy at");
    await expect(page.getByRole("banner")).toContainText(problem!);
    const log = await readLog(server, openRun(page));
    const parents = new Set(log.flatMap((e) => (e.type === "expanded" ? [e.node] : [])));
    const leaves = log.filter((e) => e.type === "proposed" && !parents.has(e.node));
    expect(leaves).toHaveLength(attempts);
    await twin(page).press("Home");
    await twin(page).press("ArrowRight");
    await expect(nodePanel(page)).toContainText("replay");

    await page.getByRole("navigation", { name: "Pages" }).getByText("Recipe").click();

    // What was trained is listed after the restart, and compared with itself before.
    const compare = page.getByRole("region", { name: "Before and after" });
    await expect(compare.getByRole("combobox", { name: "After" })).toHaveValue("sentei-s-rl");
    await compare.getByRole("button", { name: "expressions" }).click();
    await expect(compare.getByRole("textbox", { name: "Problem" })).not.toHaveValue("");
    await compare.getByRole("button", { name: "Compare" }).click();
    for (const policy of ["sentei-s", "sentei-s-rl"]) {
      const column = compare.getByRole("region", { name: policy, exact: true });
      await expect(column.getByRole("list", { name: "Steps" })).toHaveCount(4);
      await expect(column.locator(".score").first()).toBeVisible();
    }
    await compare.getByRole("button", { name: "Samples as a tree" }).last().click();
    await expect(status(page)).toHaveText("finished");
    await expect(page.getByRole("banner")).toContainText("Best of 3");
    await page.goBack();
    await expect(compare.getByRole("list", { name: "Steps" })).toHaveCount(8);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectClean(page);
    }
  });
});

test("the recipe is reached by a link, a key and the palette, and Back leaves it", async ({
  page,
}) => {
  const heading = page.getByRole("heading", { name: /^The recipe behind it/ });
  await page.goto("/");
  await expect(button(page, "Run an example")).toBeEnabled();
  await page.keyboard.press("g");
  await expect(heading).toBeVisible();
  await expect(page).toHaveURL(/\?page=recipe$/);
  await page.keyboard.press("g");
  await expect(page).toHaveURL(/\?page=compare$/);
  await page.keyboard.press("g");
  await expect(page).toHaveURL(/\?page=evaluations$/);
  await page.keyboard.press("g");
  await expect(page).toHaveURL(/\?page=models$/);
  await page.keyboard.press("g");
  await expect(button(page, "Run an example")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("recipe");
  await page.keyboard.press("Enter");
  await expect(heading).toBeVisible();
  await page.goBack();
  await expect(button(page, "Run an example")).toBeVisible();
  await page.getByRole("button", { name: "Keys and help" }).click();
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Next page");
});

test("the recipe says what is wrong with a problem, and works on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/?page=recipe");
  const compare = page.getByRole("region", { name: "Before and after" });
  await compare.getByRole("textbox", { name: "Problem" }).fill("(1+2");
  await expect(compare).toContainText("is never closed");
  await expect(compare.getByRole("button", { name: "Compare" })).toBeDisabled();
  const { scrollWidth, clientWidth } = await page
    .getByRole("main")
    .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  expect(scrollWidth).toBe(clientWidth);
  await expectClean(page);
});
