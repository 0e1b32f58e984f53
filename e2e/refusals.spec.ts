import { expect, type Page } from "@playwright/test";
import { ProblemDetails } from "../src/protocol/runs.ts";
import { runFromForm, status } from "./page-parts.ts";
import { post, startRun } from "./run-api.ts";
import { answered, test } from "./server-fixture.ts";

test("a problem that cannot be used is told what is wrong with it and where, before anything runs", async ({
  page,
}) => {
  await page.goto("/");
  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") requests.push(request.url());
  });
  const field = page.getByRole("textbox", { name: "Problem" });
  const run = page.getByRole("button", { name: "Run", exact: true });
  await expect(run).toBeEnabled();
  for (const [text, why] of [
    ["(7+5*9", /this "\(" is never closed/],
    ["7+*9", /a number is missing after "\+"/],
    ["hello", /"h" is not part of an expression/],
    ["7/2+1", /division does not exist here/],
    ["4 14 9 -> 1000", /no combination of 4, 14, 9 .* reaches 1000; the nearest is 504/],
    ["4 14 -> fifty", /"fifty" is not a whole number/],
  ] as const) {
    await field.fill(text);
    await expect(run, text).toBeDisabled();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(verdict(page), text).toHaveText(why);
    await page.keyboard.press("Control+Enter");
  }
  await field.fill("(7+5)*9");
  await expect(run).toBeEnabled();
  await expect(verdict(page)).toContainText("expressions");
  expect(requests).toEqual([]);
});

test("a number that is out of range is pointed at and sent nowhere", async ({ page }) => {
  await page.goto("/");
  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") requests.push(request.url());
  });
  await page.getByText("More", { exact: true }).click();
  const tokens = page.getByRole("spinbutton", { name: "Most policy tokens" });
  await tokens.fill("2000000000");
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(tokens).toBeFocused();
  expect(await tokens.evaluate((input: HTMLInputElement) => input.validity.rangeOverflow)).toBe(
    true,
  );
  expect(requests).toEqual([]);
  await expect(page.getByRole("button", { name: "Run an example" })).toBeVisible();
});

test("the API refuses what the form would, and names field and value", async ({ server }) => {
  const good = { problem: "(7+5)*9", strategy: { name: "beam" }, policy: "scripted" };
  for (const [change, field] of [
    [{ budget: { policyTokens: 2e9 } }, "budget.policyTokens"],
    [{ strategy: { name: "beam", n: 5000 } }, "strategy.n"],
    [{ problem: "(7+5*9" }, "problem"],
    [{ policy: "nobody" }, "policy"],
    [{ verifier: null }, "verifier"],
    [{ seed: -1 }, "seed"],
  ] as const) {
    const response = await post(server, "/api/runs", { ...good, verifier: "scripted", ...change });
    const details = ProblemDetails.parse(await response.json());
    expect(response.status, field).toBe(422);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(details.errors?.map((error) => error.field)).toContain(field);
  }
});

test.describe(() => {
  test.use({ excused: answered(429) });

  test("a server that has its hands full says so where the run was asked for", async ({
    page,
    server,
  }) => {
    const full = Array.from({ length: 72 }, () => startRun(server, { paused: true }));
    await Promise.all(full);
    await page.goto("/");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(page.getByRole("region", { name: "New run" }).getByRole("alert")).toContainText(
      "There are 72 runs already",
    );
    await page
      .getByRole("region", { name: "Runs" })
      .getByRole("listitem")
      .first()
      .getByRole("button")
      .click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(status(page)).toContainText("cancelled");
    await runFromForm(page, { policy: "scripted", verifier: "scripted" });
    await expect(status(page)).toHaveText("finished");
  });
});

function verdict(page: Page) {
  return page
    .getByRole("region", { name: "New run" })
    .getByRole("paragraph")
    .filter({ hasNotText: /Each round/ })
    .first();
}
