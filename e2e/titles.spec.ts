import { expect } from "@playwright/test";
import { canvas, nodePanel, status, twin } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test("a switch, a key and a link show what steps do instead of the steps", async ({
  page,
  server,
}) => {
  const { id, log } = await finishedRun(server);
  const { path } = log.findLast((event) => event.type === "selected")!;
  const first = log.find((event) => event.type === "proposed" && event.node === path[1]);
  if (first?.type !== "proposed") throw new Error("the selected path has no step");
  await page.goto(`/?run=${id}&node=${path[1]}`);
  await expect(status(page)).toHaveText("finished");
  const active = twin(page).locator(`#node-${path[1]}`);
  await expect(active).toContainText(`step 1, ${first.step}, score`);
  const steps = await canvas(page).evaluate((tree: HTMLCanvasElement) => tree.toDataURL());

  await page.getByRole("button", { name: "View", exact: true }).click();
  const choice = page.getByRole("group", { name: "Nodes show" });
  await choice.getByRole("radio", { name: "Titles" }).check();
  await page.keyboard.press("Escape");
  await expect(active).toContainText(/step 1, (add|multiply|do) [^,]+, score/);
  const title = /step 1, ([^,]+),/.exec((await active.textContent())!)![1]!;
  await expect(nodePanel(page).locator(".step-title")).toHaveText(title);
  await expect(nodePanel(page)).toContainText(first.step);
  await expect(page).toHaveURL(/titles=1/);
  await expect
    .poll(() => canvas(page).evaluate((tree: HTMLCanvasElement) => tree.toDataURL()))
    .not.toBe(steps);
  await page.getByRole("tab", { name: "Lines" }).click();
  await expect(page.getByRole("region", { name: "Lines" }).locator(".tail").first()).toContainText(
    /add|subtract|multiply|do/,
  );

  await page.reload();
  await expect(active).toContainText(`step 1, ${title}, score`);
  await page.getByRole("button", { name: "Read" }).click();
  const solution = page.getByRole("region", { name: "Solution" });
  await expect(solution.locator(".step-title").first()).toHaveText(title);
  await page.keyboard.press("i");
  await expect(solution.locator(".step-title")).toHaveCount(0);
  await expect(page).not.toHaveURL(/titles=/);
});
