import { expect, type Page } from "@playwright/test";
import { brokenRules } from "./axe.ts";
import { canvas, nodePanel, status } from "./page-parts.ts";
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

test("in the mirror the same tree faces itself as the other judge sees it, and what is done in one is done in both", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  await page.getByRole("tab", { name: "Judges" }).click();
  await page.getByRole("button", { name: "Mirror" }).click();
  const facing = page.getByRole("region", { name: "The same tree as the other judge sees it" });
  await expect(facing).toBeVisible();
  await expect(page.getByRole("region", { name: "Two judges, face to face" })).toContainText(
    "Exact checker",
  );
  await expect(page).toHaveURL(/mirror=checker/);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole("checkbox", { name: "Light these in the tree" }).uncheck();
  await expect(page).toHaveURL(/lit=0/);
  await expect.poll(() => likeness(page, "mirrored")).toBeGreaterThan(0.9);
  expect(await likeness(page, "as it is")).toBeLessThan(0.8);

  // The problem is at its right end, and what is done there happens in both.
  const box = (await facing.locator("canvas").boundingBox())!;
  const tree = (await canvas(page).boundingBox())!;
  expect(box).toMatchObject({ width: tree.width, height: tree.height, y: tree.y });
  const root = await rootOf(page);
  await facing.locator("canvas").click({ position: { x: box.width - root.x, y: root.y } });
  await expect(page).toHaveURL(/node=0(&|$)/);
  const tooltip = page.locator(".tree-tooltip", { hasText: "the problem" });
  await page.mouse.move(box.x + box.width - root.x, box.y + root.y);
  await expect(tooltip).toBeVisible();
  await page.mouse.wheel(0, -400);
  await expect(page).toHaveURL(/x=.*y=/);
  await expect.poll(() => isMirrored(page)).toBe(true);
  // It is zoomed around the pointer.
  await page.mouse.move(box.x + box.width - root.x + 1, box.y + root.y);
  await expect(tooltip).toBeVisible();
  await page.mouse.move(tree.x + tree.width / 2, tree.y + tree.height / 2);
  await page.mouse.wheel(0, -300);
  await expect.poll(() => isMirrored(page)).toBe(true);

  await page.keyboard.press("Escape");
  await expect(facing).toBeHidden();
  await expect(page).not.toHaveURL(/mirror=/);
});

test("a link holds the mirror; on a phone the trees stand one above the other", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/?run=${id}&mirror=checker&apart=0.3&lit=0`);
  const facing = page.getByRole("region", { name: "The same tree as the other judge sees it" });
  await expect(facing).toBeVisible();
  const [above, below] = [await canvas(page).boundingBox(), await facing.boundingBox()];
  expect(below!.y).toBeGreaterThan(above!.y + above!.height);
  await expect.poll(() => likeness(page, "upside down")).toBeGreaterThan(0.85);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole("button", { name: "Node", exact: true }).click();
  await page.getByRole("tab", { name: "Judges" }).click();
  await expect(page.getByRole("slider", { name: "Apart by" })).toHaveValue("0.3");
  await page.getByRole("button", { name: "Tree", exact: true }).click();
  await page.getByRole("button", { name: "Leave the mirror" }).click();
  await expect(facing).toBeHidden();
});

/** Whether the second tree is the first one turned around, but for its text, which is large when it is near. */
async function isMirrored(page: Page): Promise<boolean> {
  return (await likeness(page, "mirrored")) > 0.5 + 0.5 * (await likeness(page, "as it is"));
}

/** How many of the pixels below the headers that are marked in one of the two trees are so in both, the second one turned as `how` says; in [0, 1]. */
function likeness(page: Page, how: "as it is" | "mirrored" | "upside down"): Promise<number> {
  return page.evaluate((turn) => {
    const [first, second] = [...document.querySelectorAll<HTMLCanvasElement>(".tree-canvas")];
    const { width, height } = first!;
    const marks = (canvas: HTMLCanvasElement, isTurned: boolean) => {
      const ctx = new OffscreenCanvas(width, height).getContext("2d", {
        willReadFrequently: true,
      })!;
      const [x, y] = isTurned ? [turn === "mirrored", turn === "upside down"] : [false, false];
      ctx.setTransform(x ? -1 : 1, 0, 0, y ? -1 : 1, x ? width : 0, y ? height : 0);
      ctx.drawImage(canvas, 0, 0);
      return ctx.getImageData(0, 60, width, height - 60).data;
    };
    const [a, b] = [marks(first!, false), marks(second!, true)];
    let [both, any] = [0, 0];
    for (let i = 3; i < a.length; i += 4) {
      if (a[i]! > 40 && b[i]! > 40) both++;
      if (a[i]! > 40 || b[i]! > 40) any++;
    }
    return both / any;
  }, how);
}

/** Where the root's mark is in the first tree, CSS px of its canvas. */
function rootOf(page: Page): Promise<{ x: number; y: number }> {
  return canvas(page).evaluate((element) => {
    const { width, height, clientWidth } = element as HTMLCanvasElement;
    const ctx = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    ctx.drawImage(element as HTMLCanvasElement, 0, 0);
    const { data } = ctx.getImageData(0, 60, width, height - 60);
    const ratio = width / clientWidth;
    // The leftmost of what is drawn, in the middle of its height.
    for (let x = 0; x < width; x++) {
      const rows = Array.from({ length: height - 60 }, (_, y) => y).filter(
        (y) => data[4 * (y * width + x) + 3]! > 40,
      );
      const middle = rows[Math.floor(rows.length / 2)];
      if (middle !== undefined) return { x: (x + 8) / ratio, y: (middle + 60) / ratio };
    }
    throw new Error("nothing is drawn");
  });
}
