import { expect } from "@playwright/test";
import { brokenRules } from "./axe.ts";
import { nodePanel, status } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test("the verifier is held against the checker: where they differ is listed, lit and gone to", async ({
  page,
  server,
}) => {
  const { id, log } = await finishedRun(server);
  const scored = new Set(log.flatMap((event) => (event.type === "scored" ? [event.node] : [])));
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  await page.getByRole("tab", { name: "Judges" }).click();
  const panel = page.getByRole("region", { name: "Two judges" });
  await expect(panel.getByRole("status")).toContainText("in order (AUC)");
  await expect(panel).toContainText(`of ${scored.size} steps that both have judged`);

  // The narrower the gap, the more of them.
  const rows = panel.getByRole("list", { name: "Disagreements" }).getByRole("listitem");
  await panel.getByRole("slider", { name: "Apart by" }).fill("0.05");
  const many = await rows.count();
  expect(many).toBeGreaterThan(0);
  await panel.getByRole("slider", { name: "Apart by" }).fill("0.6");
  expect(await rows.count()).toBeLessThan(many);
  await panel.getByRole("slider", { name: "Apart by" }).fill("0.05");

  await panel.getByRole("checkbox", { name: "Light these in the tree" }).check();
  await rows.first().getByRole("button").click();
  await expect(page).toHaveURL(/node=\d+/);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole("tab", { name: "Step" }).click();
  await expect(nodePanel(page)).toContainText(/node \d+/);
});
