import { expect, type Locator, type Page } from "@playwright/test";
import { brokenRules } from "./axe.ts";
import { canvas, nodePanel, status, toTheEnd } from "./page-parts.ts";
import { finishedRun, LONG_PROBLEM, post, startRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

async function showSide(page: Page, name: string): Promise<Locator> {
  await page.getByRole("tab", { name, exact: true }).click();
  return page.getByRole("tabpanel", { name });
}

/** What the canvas looks like when it is at rest. */
async function picture(page: Page): Promise<string> {
  const read = () => canvas(page).evaluate((element: HTMLCanvasElement) => element.toDataURL());
  let last = "";
  await expect(async () => {
    const before = last;
    last = await read();
    expect(last).toBe(before);
  }).toPass({ intervals: [100] });
  return last;
}

test("the lines of a finished run: pointing lights one in the tree, pressing selects its end", async ({
  page,
  server,
}) => {
  const { id, log } = await finishedRun(server);
  const { path } = log.findLast((event) => event.type === "selected")!;
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const panel = await showSide(page, "Lines");
  const rows = panel.getByRole("listitem").getByRole("button");
  await expect(rows).toHaveCount(5);
  await expect(rows.first()).toContainText("selected");

  const plain = await picture(page);
  await rows.nth(3).hover();
  await expect(async () => expect(await picture(page)).not.toBe(plain)).toPass();
  await page.getByRole("heading", { name: "New run" }).hover();
  await expect(async () => expect(await picture(page)).toBe(plain)).toPass();

  await rows.first().click();
  await expect(page).toHaveURL(new RegExp(`node=${path.at(-1)}\\b`));
  await expect(rows.first().locator("..")).toHaveAttribute("aria-current", "true");

  const slider = panel.getByRole("slider", { name: "Step of the line" });
  await slider.press("ArrowLeft");
  await expect(page).toHaveURL(new RegExp(`node=${path.at(-2)}\\b`));
  await expect(slider).toHaveAttribute("aria-valuetext", new RegExp(` of ${path.length - 1}, `));

  await panel.getByRole("checkbox", { name: "also pruned" }).uncheck();
  await expect(rows).not.toHaveCount(5);
  await expect(panel).toContainText(/in the running, \d+ pruned/);
});

test("the list of a run that goes on stands still while the pointer is in it", async ({
  page,
  server,
}) => {
  const { id } = await startRun(server, { problem: LONG_PROBLEM, paused: true });
  await step(page, server.url, id);
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toContainText("paused at the source");
  const panel = await showSide(page, "Lines");
  const rows = panel.getByRole("listitem").getByRole("button");
  await expect(rows).toHaveCount(5);
  await rows.nth(1).hover();
  const held = await rows.allTextContents();

  await post(server, `/api/runs/${id}/commands`, { command: "resume" });
  const waiting = panel.getByRole("button", { name: /^\d+ updates? waiting$/ });
  await expect(waiting).toBeVisible();
  await expect(status(page)).toHaveText("finished");
  expect(await rows.allTextContents()).toEqual(held);

  await page.getByRole("heading", { name: "New run" }).hover();
  await expect(waiting).toBeHidden();
  await expect.poll(() => rows.allTextContents()).not.toEqual(held);
});

async function step(page: Page, url: string, id: string): Promise<void> {
  const response = await page.request.post(`${url}/api/runs/${id}/commands`, {
    data: { command: "step", to: "round" },
  });
  expect(response.ok()).toBe(true);
}

test("a round shows its cut line, who was kept above it, and who was not below", async ({
  page,
  server,
}) => {
  const { id, log } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const panel = await showSide(page, "Round");
  const first = log.findIndex((event) => event.type === "round" && event.round === 2);
  const back = panel.getByRole("button", { name: "Decision of the round before" });
  const { round: last } = log.findLast((event) => event.type === "round")!;
  for (let round = last - 1; round >= 1; round--) {
    await back.click();
    await expect(panel.getByRole("heading", { name: `Round ${round}`, exact: true })).toBeVisible();
  }
  await expect(page).toHaveURL(new RegExp(`at=${first - 1}\\b`));

  const early = log.slice(0, first);
  const kept = early.flatMap((event) => (event.type === "kept" ? event.nodes : []));
  const pruned = early.flatMap((event) => (event.type === "pruned" ? event.nodes : []));
  const cut = pruned.find(({ reason }) => reason === "not_top_k")!.cut!;
  const words = `cut ${cut.toFixed(2)} · ${kept.length} of ${kept.length + pruned.length} kept`;
  await expect(panel.getByText(words)).toBeVisible();
  await expect(panel.getByRole("img", { name: /cut line/ })).toBeVisible();
  const rows = panel.getByRole("listitem");
  const texts = await rows.allTextContents();
  expect(texts.findIndex((text) => text.includes(words))).toBe(kept.length);
  const candidates = rows.filter({ has: page.locator(".rank") });
  await expect(candidates).toHaveCount(kept.length + pruned.length);

  await candidates.first().getByRole("button").first().click();
  await page.getByRole("tab", { name: "Step" }).click();
  await expect(nodePanel(page)).toContainText(`node ${kept[0]}`);
});

test("similar steps are counted, and pressing one lights all of them", async ({ page, server }) => {
  const { id, log } = await finishedRun(server);
  const times = new Map<string, number[]>();
  for (const event of log) {
    if (event.type !== "proposed") continue;
    const text = event.step.trim();
    times.set(text, [...(times.get(text) ?? []), event.node]);
  }
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const panel = await showSide(page, "Similar");
  const most = Math.max(...[...times.values()].map(({ length }) => length));
  const row = panel.getByRole("row").nth(1);
  await expect(row.getByRole("cell").first()).toContainText(new RegExp(`^${most}\\b`));
  const text = (await row.locator("bdi").textContent())!;
  const plain = await picture(page);
  await row.getByRole("button").click();
  await expect(page).toHaveURL(new RegExp(`node=${times.get(text)![0]}\\b`));
  await expect(panel.getByRole("button", { name: /^lit in the tree:/ })).toBeVisible();
  await expect(async () => expect(await picture(page)).not.toBe(plain)).toPass();

  await panel.getByRole("searchbox").fill("no step says this");
  await expect(panel).toContainText("No step contains that.");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing serious in any tab of the right side, ${colorScheme}`, async ({
    page,
    server,
  }) => {
    const { id, log } = await finishedRun(server);
    const { node } = log.find((event) => event.type === "pruned")!.nodes[0]!;
    await page.emulateMedia({ colorScheme });
    await page.goto(`/?run=${id}&node=${node}`);
    await toTheEnd(page);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      if (width < 900) await page.getByRole("button", { name: `Node ${node}` }).click();
      for (const tab of await page.getByRole("tab").all()) {
        await tab.click();
        const told = await brokenRules(page, { within: ".side" });
        expect(told, `${await tab.textContent()} at ${width}`).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      }
    }
  });
}

test("the tab that was chosen is there again, and arrow keys go from one to the next", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByRole("tab", { name: "Step" }).press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Lines" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("tab", { name: "Answers" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Step" })).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.reload();
  await expect(page.getByRole("tab", { selected: true })).toHaveText("Answers");
  await expect(page.getByRole("tabpanel", { name: "Answers" })).toContainText("No solution");
});
