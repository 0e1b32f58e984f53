import { expect } from "@playwright/test";
import { moment, nodePanel, status, twin } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";
import { tabTo } from "./tab-to.ts";

test("every command is found by typing, and done without a mouse", async ({ page, server }) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}&node=5`);
  await expect(status(page)).toHaveText("finished");
  await twin(page).focus();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  const field = palette.getByRole("combobox");
  await expect(field).toBeFocused();
  await expect(palette.getByRole("option").first()).toHaveAttribute("aria-selected", "true");

  await page.keyboard.type("best score");
  await expect(palette.getByRole("option", { selected: true })).toContainText("Best score first");
  await page.keyboard.press("Enter");
  await expect(palette).toHaveCount(0);
  await expect(twin(page)).toBeFocused();
  await expect(page.getByRole("radio", { name: "By score" })).toBeChecked();

  await page.keyboard.press("Control+Shift+P");
  await expect(palette.getByRole("option").first()).toContainText("Best score first");
  await expect(palette.getByRole("option").first()).toContainText("Recent");
  await page.keyboard.type("event 12");
  await page.keyboard.press("Enter");
  await expect(moment(page)).toContainText("event 12 of");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("#3");
  await page.keyboard.press("Enter");
  await expect(nodePanel(page)).toContainText("node 3");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("find a text");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Find in the steps" })).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("textbox", { name: "Find in the steps" })).toBeFocused();
});

test("the arrows go through what is found, and other runs are found by their problem", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await finishedRun(server, { problem: "4 14 9 -> 50", seed: 8 });
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  await tabTo(page, "Commands");
  await page.keyboard.press("Enter");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await page.keyboard.type("round");
  const options = palette.getByRole("option");
  await expect(options.nth(0)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  const active = await palette.getByRole("combobox").getAttribute("aria-activedescendant");
  await expect(options.last()).toHaveAttribute("id", active!);

  await palette.getByRole("combobox").fill("4 14 9");
  await expect(palette.getByRole("option", { name: "Open run" })).toContainText("4 14 9 -> 50");
  await palette.getByRole("option", { name: "Open run" }).click();
  await expect(page.getByRole("banner")).toContainText("4 14 9 -> 50");
});

test("help lists every key, and fits a small screen without scrolling", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto("/");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys" });
  for (const words of ["Next answer", "Zoom in", "Fold or unfold the subtree", "All commands"]) {
    await expect(help.getByText(words)).toBeVisible();
  }
  const overflow = await help.evaluate((dialog) => dialog.scrollHeight - dialog.clientHeight);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 390, height: 700 });
  const box = await help.boundingBox();
  expect(box!.height).toBeLessThanOrEqual(700);
  await help.getByRole("checkbox").scrollIntoViewIfNeeded();
  await expect(help.getByRole("checkbox")).toBeInViewport();
});
