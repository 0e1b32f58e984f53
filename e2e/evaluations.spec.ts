import { expect, type Page } from "@playwright/test";
import { brokenRules } from "./axe.ts";
import { expectToFit } from "./page-fit.ts";
import { openRun, status, toTheEnd } from "./page-parts.ts";
import { readLog } from "./run-api.ts";
import { answered, test } from "./server-fixture.ts";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const standing = (page: Page) => page.getByRole("main").getByRole("status").first();
const points = (page: Page) => page.getByRole("group", { name: /^Accuracy against cost/ });
const problems = (page: Page) => page.getByRole("region", { name: "Problems of the point" });

/** Begins with a preset, made small, and waits for its end. */
async function evaluate(page: Page, { count, budgets }: { count: number; budgets: string }) {
  await button(page, "Design your own").click();
  const form = page.getByRole("form", { name: "New evaluation" });
  await form.getByRole("spinbutton", { name: "Problems of each family" }).fill(String(count));
  await form.getByRole("textbox", { name: "Budgets, in solutions" }).fill(budgets);
  await form.getByRole("button", { name: "Start" }).click();
  await expect(page).toHaveURL(/[?&]eval=\w+/);
  await expect(standing(page)).toHaveText(/^[\d,]+ runs in /, { timeout: 45_000 });
}

async function expectClean(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await brokenRules(page)).toEqual([]);
  }
}

test("an evaluation is started, finishes, and every point of it opens as trees", async ({
  page,
  server,
}) => {
  test.setTimeout(120_000);
  await page.goto("/");
  await page.getByRole("navigation", { name: "Pages" }).getByText("Evaluate").click();
  await expect(page).toHaveURL(/\?page=evaluations$/);
  await expect(button(page, "Evaluate best of N against beam")).toBeEnabled();
  await expectClean(page);
  await evaluate(page, { count: 8, budgets: "2, 4" });

  const chart = points(page);
  await expect(chart.getByRole("button")).toHaveCount(6);
  await expect(chart.getByRole("button").first()).toHaveAccessibleName(/policy tokens$/);
  await expectClean(page);
  await page.getByText("PRM calls", { exact: true }).click();
  await expect(page).toHaveURL(/cost=prmCalls/);
  await expect(chart.getByRole("button")).toHaveCount(4);
  await expect(page.getByText(/not on it: Majority/)).toBeVisible();
  await page.getByText("Policy tokens", { exact: true }).click();

  await chart.getByRole("button").last().click({ force: true });
  await expect(problems(page)).toBeVisible();
  await chart.getByRole("button", { name: /^Best of 4/ }).press("Enter");
  await expect(problems(page).getByRole("status")).toHaveText(/^\d+ of 16 right$/);
  await expect(problems(page).getByRole("listitem")).toHaveCount(10);
  const row = problems(page).getByRole("listitem").first().getByRole("button");
  const [text, outcome] = [
    await row.locator(".problem").textContent(),
    await row.locator(".answer").textContent(),
  ];
  await expect(page).toHaveURL(/point=1\.1/);
  const address = page.url();
  await row.click();
  await toTheEnd(page);
  await expect(status(page)).toHaveText("finished");
  const log = await readLog(server, openRun(page));
  expect(log[0]).toMatchObject({ problem: { text }, strategy: { name: "bestOfN", n: 4 } });
  const selected = log.find(({ type }) => type === "selected");
  expect(outcome).toContain((selected as { answer: string | null }).answer ?? "no answer");

  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(problems(page)).toBeVisible();
  await page.reload();
  await expect(problems(page).getByRole("status")).toHaveText(/^\d+ of 16 right$/);
  await expect(chart.getByRole("button", { name: /^Best of 4/, pressed: true })).toBeVisible();
});

test("points are walked by arrows, parts stand side by side, and flips open as a comparison", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto("/?page=evaluations");
  await evaluate(page, { count: 10, budgets: "1, 8" });
  const stop = points(page).locator('[tabindex="0"]');
  await stop.focus();
  const first = await stop.getAttribute("aria-label");
  await page.keyboard.press("ArrowRight");
  await expect(stop).toBeFocused();
  await expect(stop).not.toHaveAccessibleName(first!);
  await page.keyboard.press("Enter");
  await expect(problems(page)).toBeVisible();
  await expect(stop).toBeFocused();

  const looks = page.getByRole("search", { name: "Which problems" });
  await looks.getByRole("combobox", { name: "Problems" }).selectOption("Families side by side");
  await expect(points(page)).toHaveCount(2);
  await looks.getByRole("combobox", { name: "Difficulty" }).selectOption("Side by side");
  await expect(points(page)).toHaveCount(6);
  await expect(page.getByRole("table")).toContainText("% sure");
  await expectClean(page);

  await page.setViewportSize({ width: 390, height: 844 });
  await expectToFit(page, "an evaluation on a phone");
  await expectClean(page);

  const section = page.getByRole("region", { name: "Where answers flip" });
  await section.getByRole("combobox", { name: "From" }).selectOption("Majority, 1 solution");
  await expect(page).toHaveURL(/flips=0\.0-/);
  await section.getByRole("region", { name: "Won" }).getByRole("listitem").first().click();
  await expect(page).toHaveURL(/page=compare&runs=\w+\.\w+/);
  await expect(page.getByRole("heading", { name: /^Majority of 1/ })).toBeVisible();
});

test("an evaluation is cancelled, survives a reload, goes on, and is deleted", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/?page=evaluations");
  await button(page, /^Start: As budgets grow/).click();
  await button(page, "Cancel").click();
  await expect(standing(page)).toContainText("Cancelled after");
  await page.reload();
  await button(page, "Resume").click();
  await expect(standing(page)).toContainText(/left$|so far$/);
  await button(page, "All evaluations").click();
  await expect(page.getByRole("list").getByText(/of 3,840 runs/)).toBeVisible();
  await page.getByRole("listitem").filter({ hasText: "of 3,840 runs" }).getByRole("button").click();
  await button(page, "Cancel").click();
  await button(page, "Delete").click();
  await button(page, "Delete for good").click();
  await expect(button(page, "Evaluate best of N against beam")).toBeVisible();
});

test.describe(() => {
  test.use({ excused: answered(422) });

  test("what cannot be evaluated is refused beside its field", async ({ page }) => {
    await page.goto("/?page=evaluations");
    await button(page, "Design your own").click();
    const form = page.getByRole("form", { name: "New evaluation" });
    await form.getByRole("textbox", { name: "Budgets, in solutions" }).fill("4, x");
    await expect(form.getByText("“x” is no number of solutions")).toBeVisible();
    await expect(form.getByRole("button", { name: "Start" })).toBeDisabled();
    await form.getByRole("textbox", { name: "Budgets, in solutions" }).fill("4");
    await form.getByRole("spinbutton", { name: "Problems of each family" }).fill("9999");
    await form.getByRole("spinbutton", { name: "Runs of every problem" }).fill("64");
    await form.getByRole("button", { name: "Start" }).click();
    await expect(form.getByRole("alert")).toContainText("all together that is");
    await expectClean(page);
  });
});

test("an uploaded set is evaluated, and graded by its own answers", async ({ page, server }) => {
  test.setTimeout(120_000);
  const rows = [
    { problem: "What is $3+4$?", answer: "\\boxed{7}", level: 2 },
    { problem: "How many sides has a pentagon?", answer: "5" },
    { problem: "How many legs have two cats?", answer: "8", level: 2 },
  ];
  const uploaded = await page.request.post(`${server.url}/api/problem-sets?name=mine`, {
    headers: { "content-type": "application/x-ndjson" },
    data: rows.map((row) => JSON.stringify(row)).join("\n"),
  });
  expect(uploaded.status()).toBe(201);
  await page.goto("/?page=evaluations");
  await button(page, "Design your own").click();
  const form = page.getByRole("form", { name: "New evaluation" });
  await form.getByRole("combobox", { name: "Problems from" }).selectOption("mine · 3");
  await expect(form.getByRole("group", { name: "Problems, by family and level" })).toBeHidden();
  await expect(form.getByRole("spinbutton", { name: "Problems of the set" })).toHaveValue("3");
  await form.getByRole("combobox", { name: "Policy" }).selectOption("scripted");
  await form.getByRole("combobox", { name: "Verifier" }).selectOption("scripted");
  await form.getByRole("textbox", { name: "Budgets, in solutions" }).fill("2, 4");
  await expect(form).toContainText("3 problems");
  await expectClean(page);
  await form.getByRole("button", { name: "Start" }).click();
  await expect(page).toHaveURL(/[?&]eval=\w+/);
  await expect(standing(page)).toHaveText(/^18 runs in /, { timeout: 45_000 });

  await points(page)
    .getByRole("button", { name: /^Best of 4/ })
    .press("Enter");
  await expect(problems(page).getByRole("listitem")).toHaveCount(3);
  await problems(page).getByRole("listitem").first().getByRole("button").click();
  await toTheEnd(page);
  const [started] = await readLog(server, openRun(page));
  expect(started).toMatchObject({
    problem: { family: "math", reference: expect.stringMatching(/^[758]$/) },
  });
});

test("what revisions spoil and mend stands in a table, which is not there without any", async ({
  page,
  server,
}) => {
  test.setTimeout(120_000);
  const start = async (strategy: object) => {
    const response = await page.request.post(`${server.url}/api/evaluations`, {
      data: {
        name: "Attempts",
        problems: { kind: "generated", families: [{ family: "expressions", count: 6 }] },
        arms: [{ strategy }],
        budgets: [{ solutions: 2 }, { solutions: 6 }],
      },
    });
    const { id } = (await response.json()) as { id: string };
    await page.goto(`/?page=evaluations&eval=${id}`);
    await expect(standing(page)).toHaveText(/^12 runs in /, { timeout: 45_000 });
  };
  const table = page.getByRole("region", { name: "What revising does" }).getByRole("row");
  await start({ name: "majority" });
  await expect(page.getByRole("heading", { name: "Where answers flip" })).toBeVisible();
  await expect(table).toHaveCount(0);

  await start({ name: "revisions", chains: 1 });
  // Names of the columns, and a row for each budget.
  await expect(table).toHaveCount(3);
  await expect(table.last()).toContainText(/Revisions 1 × 6.*n = \d/);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectToFit(page, "an evaluation of revisions on a phone");
  await expectClean(page);
});
