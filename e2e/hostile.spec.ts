import { expect, type Page } from "@playwright/test";
import { HOSTILE_TEXTS } from "../src/models/hostile.ts";
import { canvas, nodePanel, runFromForm, toTheEnd, twin, walkDownTo } from "./page-parts.ts";
import { onlyRun, readLog } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test("steps that try to break the page are shown as text, whole, and do no harm", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await runFromForm(page, {
    ...{ policy: "scripted-hostile", seed: 2, strategy: "Majority" },
  });
  await toTheEnd(page);
  const log = await readLog(server, (await onlyRun(server)).id);
  const first = log.flatMap((event) =>
    event.type === "proposed" && event.node <= 16 ? [event] : [],
  );
  expect(new Set(first.map(({ step }) => step)).size).toBeGreaterThan(7);
  const longest = Math.max(...HOSTILE_TEXTS.map(({ length }) => length));
  expect(log.some((event) => event.type === "proposed" && event.step.length === longest)).toBe(
    true,
  );

  const elements = await countElements(page);
  await twin(page).press("Home");
  await twin(page).press("ArrowRight");
  for (const { node, step } of first.toSorted((a, b) => a.node - b.node)) {
    await walkDownTo(page, node);
    await expect(nodePanel(page).getByText(`node ${node}`, { exact: true })).toBeVisible();
    await expectHarmless(page, elements);
    const more = nodePanel(page).getByRole("button", { name: /^show all/ });
    if (step.length === longest) {
      await more.click();
      await expect(more).toHaveCount(0);
      await expectHarmless(page, elements);
    }
    const [line = ""] = await nodePanel(page)
      .getByRole("listitem")
      .locator("bdi")
      .allTextContents();
    expect(visible(line)).toBe(visible(step));
  }
});

test("hostile steps hide from neither the pointer nor the run list", async ({ page }) => {
  await page.goto("/");
  await runFromForm(page, { policy: "scripted-hostile", verifier: "scripted", seed: 4 });
  await toTheEnd(page);
  const elements = await countElements(page);
  const tree = canvas(page);
  const { width, height } = (await tree.boundingBox())!;
  for (let y = 60; y < height; y += 24) {
    await tree.hover({ position: { x: (0.2 + (0.6 * y) / height) * width, y }, force: true });
  }
  await expectHarmless(page, elements);
  await page.getByRole("button", { name: "Fit" }).click();
  await page.reload();
  await toTheEnd(page);
  await expectHarmless(page, elements);
});

/** Elements that no text may ever become. */
function countElements(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() =>
    Object.fromEntries(
      // In the head are the links of the page's own parts that come later.
      ["script", "style", "iframe", "img", "a", "body link", "svg[onload]"].map((name) => [
        name,
        document.querySelectorAll(name).length,
      ]),
    ),
  );
}

/** Nothing was made of a text, nothing sticks out of the window, and the page still answers at once. */
async function expectHarmless(page: Page, elements: Record<string, number>): Promise<void> {
  expect(await countElements(page)).toEqual(elements);
  const { overflow, frameMs } = await page.evaluate(async () => {
    const began = performance.now();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const { scrollWidth, clientWidth } = document.documentElement;
    return { overflow: scrollWidth - clientWidth, frameMs: performance.now() - began };
  });
  expect(overflow).toBeLessThanOrEqual(0);
  expect(frameMs).toBeLessThan(1500);
}

/** A text as it may be shown: what cannot be seen is spelled out, and half characters are replaced. */
function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/‹U\+([0-9A-F]{4,6})›/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .toWellFormed();
}
