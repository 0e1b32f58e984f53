import { expect, type Page } from "@playwright/test";
import { brokenRules } from "./axe.ts";
import { openMadeRun, TRIANGLE } from "./made-run.ts";
import { nodePanel } from "./page-parts.ts";
import { test } from "./server-fixture.ts";

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openMadeRun(page, TRIANGLE);
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await expect(solution(page)).toBeVisible();
});

test("the chosen path is read as one solution, with scores, marks and its answer", async ({
  page,
}) => {
  const steps = solution(page).locator(".solution-step");
  await expect(steps).toHaveCount(5);
  await expect(solution(page).getByRole("heading")).toHaveText("The chosen solution");
  const margins = await steps.locator(".solution-margin").allTextContents();
  expect(margins).toEqual(["0.93", "0.90", "0.78?!", "0.46??", "0.97"]);
  await expect(solution(page)).toContainText("Answer6right");
  await expect(solution(page)).toContainText("5 steps · 60 tokens · 132 in the whole search");
  await expect(solution(page).locator("math").first()).toBeAttached();
});

test("alternatives open in place, and one of them can be read instead", async ({ page }) => {
  const first = solution(page).locator(".solution-step").first();
  await first.getByRole("button", { name: "2 alternatives" }).click();
  await expect(first.getByRole("list").getByRole("listitem")).toHaveCount(2);
  await expect(first).toContainText("Not among the best");
  await first.getByRole("button", { name: "Read node 3" }).click();
  await expect(nodePanel(page)).toContainText("node 3");
  await expect(solution(page).getByRole("heading")).toHaveText("A line of the search");
  await expect(solution(page).locator(".solution-step")).toHaveCount(1);
  await expect(solution(page)).toContainText("It has no answer yet.");
});

test("a solution follows the playhead", async ({ page }) => {
  await page.getByRole("slider", { name: "Moment" }).press("Home");
  await expect(solution(page).locator(".solution-step")).toHaveCount(0);
  await page.getByRole("slider", { name: "Moment" }).press("End");
  await expect(solution(page).locator(".solution-step")).toHaveCount(5);
});

test("a solution is copied with its formulas as they were written", async ({ page }) => {
  await solution(page).getByRole("button", { name: "Copy as Markdown" }).click();
  await expect(solution(page).getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`**Problem.** ${TRIANGLE.problem}`);
  expect(copied).toContain("3. Squaring, $2a^2+2a+1 = 121-44a+4a^2$");
  expect(copied).toContain("**Answer: 6 (right)**");
});

test("the tree is out of reach while a solution is read, and there again afterwards", async ({
  page,
}) => {
  const tree = page.getByRole("tree");
  await tree.evaluate((element) => element.focus());
  await expect(tree).not.toBeFocused();
  await page.getByRole("button", { name: "Tree", exact: true }).click();
  await tree.focus();
  await expect(tree).toBeFocused();
  await expect(solution(page)).toHaveCount(0);
});

test("on paper there is the solution and nothing else, in dark on light", async ({ page }) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(solution(page)).toBeVisible();
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("button", { name: "Run", exact: true })).toBeHidden();
  await expect(solution(page).getByRole("button", { name: "Print" })).toBeHidden();
  const { paper, isWhole } = await solution(page).evaluate((element) => ({
    paper: getComputedStyle(element).backgroundColor,
    isWhole: element.scrollHeight <= element.clientHeight,
  }));
  expect(paper).toBe("rgb(251, 250, 247)");
  expect(isWhole).toBe(true);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a solution has no accessibility violation, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await solution(page).getByRole("button", { name: "2 alternatives" }).first().click();
    await expect(solution(page).locator(".formula:not(.set)")).toHaveCount(0);
    expect(await brokenRules(page, { within: ".read" })).toEqual([]);
  });
}

test("a solution fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await solution(page).getByRole("button", { name: "2 alternatives" }).first().click();
  const overflow = await solution(page).evaluate(
    (element) => element.scrollWidth - element.clientWidth,
  );
  expect(overflow).toBe(0);
});

function solution(page: Page) {
  return page.getByRole("region", { name: "Solution" });
}
