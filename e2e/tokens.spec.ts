import { expect } from "@playwright/test";
import { nodePanel, runFromForm, toTheEnd, twin } from "./page-parts.ts";
import { test } from "./server-fixture.ts";

const PROBLEM = "(7+5)*9-14*3";

test("a beam over tokens is run from the form, and each token tells its place and its rivals", async ({
  page,
}) => {
  await page.goto("/");
  await runFromForm(page, { problem: PROBLEM, strategy: "Beam, token by token" });
  await toTheEnd(page);
  await expect(page.getByRole("region", { name: "Answers" })).toContainText("the likeliest wins");
  await twin(page).press("Home");
  await twin(page).press("ArrowRight");
  await twin(page).press("ArrowRight");
  const panel = page.getByRole("region", { name: "Token 2" });
  await expect(panel).toContainText("Likelihood of the path");
  const rivals = panel.getByRole("table", { name: "Likeliest tokens here" });
  await expect(rivals).toContainText("this one");
  await rivals.getByRole("link").or(rivals.getByRole("button")).first().click();
  await expect(panel.getByText(/Not among the best 4 of round 2/)).toBeVisible();
});

test("a solution of tokens is read line by line", async ({ page }) => {
  await page.goto("/");
  await runFromForm(page, { problem: PROBLEM, strategy: "Greedy, token by token" });
  await toTheEnd(page);
  await page.getByRole("button", { name: "Read", exact: true }).click();
  const solution = page.getByRole("region", { name: "Solution" });
  await expect(solution.locator(".solution-step").last()).toHaveText(/^\d+-?\d+/);
  await expect(solution).toContainText(/\d lines · \d+ tokens/);
  await solution.getByRole("button", { name: /^Select step 1,/ }).click();
  await expect(page.getByRole("region", { name: /^Token \d+$/ })).toBeVisible();
});

test("sampled tokens are found across tokens, and repeats can be merged", async ({ page }) => {
  await page.goto("/");
  await runFromForm(page, { problem: PROBLEM, strategy: "Sampling, token by token", seed: 3 });
  await toTheEnd(page);
  await page.getByRole("button", { name: /Merge them/ }).click();
  await page.keyboard.press("/");
  await page.keyboard.type("12*9");
  await expect(page.getByRole("search").last()).toContainText("8");
});

test.describe("with a policy that does not tell of tokens", () => {
  test.use({ excused: /status of 422/ });
  test("the form says why, and so does the server", async ({ page }) => {
    await page.goto("/");
    const panel = page.getByRole("region", { name: "New run" });
    await panel.getByRole("combobox", { name: "Strategy" }).selectOption("Greedy, token by token");
    await panel.getByText("More", { exact: true }).click();
    await panel.getByRole("combobox", { name: "Policy" }).selectOption("scripted-hostile");
    await expect(panel.getByRole("status")).toContainText("scripted-hostile does not");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(panel.getByRole("alert").first()).toContainText("needs a policy that tells");
    await expect(nodePanel(page)).toBeVisible();
  });
});
