import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { ink, runFromForm, status, toTheEnd, twin, walkDownTo } from "./page-parts.ts";
import { LONG_PROBLEM, onlyRun, readLog } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test("the first page says what this is, what the marks mean, and what to press", async ({
  page,
}) => {
  await page.goto("/");
  await expect(page).toHaveTitle(/Sentei/);
  await expect(page.getByRole("heading", { name: "Watch a language model think" })).toBeVisible();
  await expect(page.getByText(/policy proposes .* verifier scores .* search keeps/s)).toBeVisible();
  await expect(page.getByRole("img", { name: /sample tree/i })).toBeVisible();
  await expect(page.getByRole("button", { name: "Run an example" })).toBeEnabled();
  await expect(page.getByText("Every run stays here. There are none yet.")).toBeVisible();
});

test("one press on the example paints the first node soon, and ends with an answer whose path is lit", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Run an example" }).click();
  const firstStep = twin(page)
    .getByRole("treeitem", { name: /^step 1, (?!being)/ })
    .first();
  await expect(firstStep).toBeAttached({ timeout: 3000 });
  expect(await ink(page)).toBeGreaterThan(0);

  await toTheEnd(page);
  await expect(status(page)).toHaveText(/^finished/);
  const log = await readLog(server, (await onlyRun(server)).id);
  const selected = log.findLast((event) => event.type === "selected")!;
  await expect(
    page.getByRole("region", { name: "Answers" }).getByRole("row", { name: /selected/ }),
  ).toContainText(selected.answer!);
  const lit = twin(page).getByRole("treeitem", { name: /on the selected path$/ });
  await twin(page).press("Home");
  for (const node of selected.path.slice(1)) {
    await twin(page).press("ArrowRight");
    await walkDownTo(page, node);
    await expect(lit.and(page.locator(`#node-${node}`))).toBeAttached();
  }
});

test("the tree is seen to grow before the run ends", async ({ page }) => {
  await page.goto("/");
  await watchFrames(page);
  await runFromForm(page, {
    problem: LONG_PROBLEM,
    policy: "scripted-slow",
    verifier: "scripted",
  });
  await expect(status(page)).toHaveText("running");
  await expect(status(page)).toHaveText(/^finished/);

  const frames = (await seenFrames(page)).filter(({ word }) => word === "running");
  const events = frames.map(({ event }) => event);
  expect(events).toEqual(events.toSorted((a, b) => a - b));
  expect(new Set(events).size).toBeGreaterThan(10);
  const steps = frames.map(({ firstSteps }) => firstSteps);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(new Set(steps).size).toBeGreaterThan(2);
  expect(frames.at(-1)!.ink).toBeGreaterThan(frames[0]!.ink);
});

/** What a person sees in one frame while a run is shown. */
interface Frame {
  readonly word: string;
  readonly event: number;
  /** First steps that have a text. */
  readonly firstSteps: number;
  readonly ink: number;
}

declare global {
  interface Window {
    seenFrames: Frame[];
  }
}

/** Notes from now on what is seen, a frame at a time, whenever the moment has changed. */
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.seenFrames = [];
    let last = "";
    const text = (selector: string) => document.querySelector(selector)?.textContent ?? "";
    const look = () => {
      requestAnimationFrame(look);
      const words = text('[role="toolbar"] output');
      const canvas = document.querySelector<HTMLCanvasElement>('[aria-label="Tree"] canvas');
      if (words === last || canvas === null || canvas.width === 0) return;
      last = words;
      const small = new OffscreenCanvas(160, 120);
      const ctx = small.getContext("2d", { willReadFrequently: true })!;
      ctx.drawImage(canvas, 0, 0, 160, 120);
      const alpha = ctx.getImageData(0, 12, 160, 108).data.filter((_, i) => i % 4 === 3);
      const items = [...document.querySelectorAll('[role="treeitem"][aria-level="2"]')];
      window.seenFrames.push({
        word: text('header [role="status"] .word'),
        event: Number(/event ([\d,]+)/.exec(words)?.[1]?.replace(",", "") ?? -1),
        firstSteps: items.filter((item) => !item.textContent?.includes("being sampled")).length,
        ink: alpha.reduce((sum, value) => sum + value, 0),
      });
    };
    look();
  });
}

function seenFrames(page: Page): Promise<Frame[]> {
  return page.evaluate(() => window.seenFrames);
}
