import { expect } from "@playwright/test";
import { nodePanel, status, twin } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";
import { tabTo } from "./tab-to.ts";

test("bookmarks and their notes stay, are gone through, and are taken off, without a mouse", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}&node=2`);
  await expect(status(page)).toHaveText("finished");
  await expect(nodePanel(page)).toContainText("node 2");
  await twin(page).press("b");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await expect(nodePanel(page)).toContainText("node 1");
  await page.keyboard.press("b");

  await tabTo(page, "Step");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  const panel = page.getByRole("region", { name: "Bookmarks" });
  await expect(panel.getByRole("listitem")).toHaveCount(2);
  await tabTo(page, "Note to node 2");
  await page.keyboard.type("b is not a key here");
  // It is kept by the browser after half a second of quiet, or when the page goes.
  await page.reload();
  await expect(panel.getByRole("textbox", { name: "Note to node 2" })).toHaveValue(
    "b is not a key here",
  );

  await twin(page).press("m");
  await expect(panel.locator('[data-selected="true"]')).toContainText("Step 1");
  await expect(page).toHaveURL(/node=2/);
  await page.keyboard.press("m");
  await expect(page).toHaveURL(/node=1(&|$)/);
  await page.keyboard.press("Shift+m");
  await expect(page).toHaveURL(/node=2/);

  await page.keyboard.press("b");
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("b");
  await expect(panel.getByRole("textbox", { name: "Note to node 2" })).toHaveValue(
    "b is not a key here",
  );
});

test("bookmarks belong to their run", async ({ page, server }) => {
  const first = await finishedRun(server);
  const second = await finishedRun(server, { problem: "4 14 9 -> 50", seed: 8 });
  await page.goto(`/?run=${first.id}&node=2`);
  await expect(status(page)).toHaveText("finished");
  await page.getByRole("tab", { name: "Marks" }).click();
  await page.getByRole("button", { name: "Bookmark node 2" }).click();
  const panel = page.getByRole("region", { name: "Bookmarks" });
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  const rows = page.getByRole("region", { name: "Runs" }).getByRole("listitem");
  await rows.nth(0).getByRole("button").click();
  await expect(page).toHaveURL(new RegExp(second.id));
  await expect(panel.getByRole("listitem")).toHaveCount(0);
  await rows.nth(1).getByRole("button").click();
  await expect(panel.getByRole("listitem")).toHaveCount(1);
});

test("bookmarks are copied as Markdown and as JSON", async ({ page, server, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}&node=2`);
  await expect(status(page)).toHaveText("finished");
  await twin(page).press("b");
  await page.getByRole("tab", { name: "Marks" }).click();
  await page.getByRole("textbox", { name: "Note to node 2" }).fill("see here");
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect(page.getByText("Copied as Markdown")).toBeAttached();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  expect(await clipboard()).toMatch(/^- step 1, node 2, .*\n {2}see here$/m);
  await page.getByRole("button", { name: "Copy as JSON" }).click();
  await expect(page.getByText("Copied as JSON")).toBeAttached();
  expect(JSON.parse(await clipboard())).toMatchObject({
    run: id,
    bookmarks: [{ node: 2, note: "see here" }],
  });
});
