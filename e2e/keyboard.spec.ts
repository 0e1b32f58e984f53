import { expect, type Page } from "@playwright/test";
import { moment, nodePanel, status, twin } from "./page-parts.ts";
import { test } from "./server-fixture.ts";

test("from the first page to reading a node at any moment without a mouse", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Run an example" })).toBeEnabled();
  const { keyboard } = page;

  await tabTo(page, "Problem");
  await keyboard.press("Control+a");
  await keyboard.type("(8-3)*4+6");
  await expect(page.getByText(/^expressions, level/)).toBeVisible();
  await keyboard.press("Control+Enter");
  await expect(page.getByRole("banner")).toContainText("(8-3)*4+6");
  await expect(status(page)).toHaveText(/^finished/);

  await tabTo(page, "Search tree");
  await keyboard.press("l");
  await keyboard.press("Home");
  await expect(nodePanel(page).getByRole("heading")).toHaveText("Problem");
  await keyboard.press("ArrowRight");
  await expect(twin(page)).toHaveAttribute("aria-activedescendant", "node-1");
  await keyboard.press("Shift+ArrowDown");
  await keyboard.press("ArrowLeft");
  await keyboard.press("ArrowLeft");
  await expect(twin(page)).toHaveAttribute("aria-activedescendant", "node-0");
  await keyboard.press("n");
  await expect(nodePanel(page)).toContainText("Answer");
  await keyboard.press("Shift+{");
  await expect(moment(page)).not.toHaveText(/^event (\S+) of \1 /);
  await keyboard.press("Escape");
  await expect(nodePanel(page).getByRole("heading")).toHaveText("Node");

  await tabTo(page, "Moment");
  await keyboard.press("Home");
  await expect(moment(page)).toHaveText(/^event 0 of/);
  await keyboard.press("PageUp");
  await expect(moment(page)).toContainText("round 1");

  await keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys" });
  await expect(help).toBeVisible();
  await expect(help.getByText("Previous round")).toBeVisible();
  await keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await expect(page.getByRole("slider", { name: "Moment" })).toBeFocused();
});

test("keys that are characters stay characters while somebody types, and can be turned off", async ({
  page,
}) => {
  await page.goto("/");
  const example = page.getByRole("button", { name: "Run an example" });
  await expect(example).toBeEnabled();
  await example.press("Enter");
  await expect(status(page)).toHaveText(/^finished/);
  await page.keyboard.press("l");
  // There is something to filter once the list has the run.
  const filter = page.getByRole("searchbox", { name: "Filter by problem text" });
  await expect(filter).toBeVisible();
  await page.keyboard.press("o");
  await expect(filter).toBeFocused();
  await page.keyboard.type("[?nz");
  await expect(filter).toHaveValue("[?nz");
  await expect(page.getByText("No run matches.")).toBeVisible();
  await expect(moment(page)).toHaveText(/^event (\S+) of \1 /);
  await filter.fill("");
  await page.keyboard.press("Escape");

  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: /one character/ }).press("Space");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("[");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(moment(page)).toHaveText(/^event (\S+) of \1 /);
});

/** Presses Tab until the element with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  await expect(async () => {
    const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    if (focused === name) return;
    await page.keyboard.press("Tab");
    throw new Error(`at "${focused}", on the way to "${name}"`);
  }).toPass({ intervals: [10] });
}
