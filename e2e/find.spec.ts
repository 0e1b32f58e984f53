import { expect } from "@playwright/test";
import { nodePanel, status, twin } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";

/** Nodes whose step contains the text, in the order of their ids. */
function hitsIn(log: readonly { type: string }[], text: string): number[] {
  return log
    .filter((event) => event.type === "proposed")
    .map((event) => event as unknown as { node: number; step: string })
    .filter(({ step }) => step.toLowerCase().includes(text))
    .map(({ node }) => node)
    .sort((a, b) => a - b);
}

test("a text is found in the steps, hit after hit, without a mouse", async ({ page, server }) => {
  const { id, log } = await finishedRun(server);
  const hits = hitsIn(log, "108-");
  expect(hits.length).toBeGreaterThan(3);
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  await twin(page).press("/");
  const field = page.getByRole("textbox", { name: "Find in the steps" });
  await expect(field).toBeFocused();
  await page.keyboard.type("108-");
  const bar = page.getByRole("search").filter({ has: field });
  await expect(bar.getByRole("status")).toHaveText(String(hits.length));

  await page.keyboard.press("Enter");
  await expect(bar.getByRole("status")).toHaveText(`1 / ${hits.length}`);
  await expect(nodePanel(page)).toContainText(`node ${hits[0]}`);
  await page.keyboard.press("Enter");
  await expect(nodePanel(page)).toContainText(`node ${hits[1]}`);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await expect(bar.getByRole("status")).toHaveText(`${hits.length} / ${hits.length}`);
  await expect(nodePanel(page)).toContainText(`node ${hits.at(-1)}`);

  // The hits go on from the tree as well, and the address keeps the text.
  await twin(page).press("Enter");
  await expect(bar.getByRole("status")).toHaveText(`1 / ${hits.length}`);
  await expect(page).toHaveURL(/find=108-/);
  await page.reload();
  await expect(bar.getByRole("status")).toHaveText(String(hits.length));
  await expect(field).toHaveValue("108-");

  await field.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(twin(page)).toBeFocused();
  await expect(page).not.toHaveURL(/find=/);
});

test("a text that is nowhere is said to be nowhere, and no text can be a pattern", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  const field = page.getByRole("textbox", { name: "Find in the steps" });
  const bar = page.getByRole("search").filter({ has: field });
  for (const text of ["(a+)+$", ".*", "no such step"]) {
    await field.fill(text);
    await expect(bar.getByRole("status")).toHaveText("none");
    await expect(page.getByRole("button", { name: "Next hit" })).toBeDisabled();
  }
});
