import { expect, type Page } from "@playwright/test";
import { brokenRules } from "./axe.ts";
import { canvas, nodePanel, status, twin } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";
import { tabTo } from "./tab-to.ts";

test("order, folding and filter are set without a mouse, and a link brings them back", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  const order = page.getByRole("group", { name: "Order of siblings" });
  await twin(page).press("2");
  await expect(order.getByRole("radio", { name: "By score" })).toBeChecked();
  await page.keyboard.press("3");
  await expect(order.getByRole("radio", { name: "Merged" })).toBeChecked();
  await page.keyboard.press("x");
  await expect(page).toHaveURL(/dead=on/);

  const lantern = page.getByRole("slider", { name: "Fold small subtrees" });
  await tabTo(page, "Fold small subtrees");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(lantern).toHaveAttribute("aria-valuetext", "folds subtrees under 4 nodes");

  await tabTo(page, "Filter");
  await page.keyboard.press("Enter");
  const filter = page.getByRole("group", { name: "Filter" });
  await expect(filter).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(filter.getByRole("slider", { name: "Lowest score that is lit" })).toBeFocused();
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageUp");
  await filter.getByRole("checkbox", { name: "Kept" }).press("Space");
  await expect(filter.getByRole("status")).toHaveText(/^\d+ of \d+ nodes are lit\.$/);
  const words = await filter.getByRole("status").textContent();
  await page.keyboard.press("Escape");
  await expect(filter).toBeHidden();
  await expect(page.getByRole("button", { name: "Filter", exact: true })).toBeFocused();

  await expect(page).toHaveURL(/order=merged.*dead=on.*least=4.*scores=0\.2-1.*only=kept/);
  await page.reload();
  await expect(status(page)).toHaveText("finished");
  await expect(order.getByRole("radio", { name: "Merged" })).toBeChecked();
  await expect(lantern).toHaveAttribute("aria-valuetext", "folds subtrees under 4 nodes");
  await page.getByRole("button", { name: "Filter", exact: true }).press("Enter");
  await expect(filter.getByRole("status")).toHaveText(words!);
  await filter.getByRole("button", { name: "Light everything" }).press("Enter");
  await expect(filter.getByRole("status")).toHaveText(/^All/);
  await expect(page).not.toHaveURL(/only=/);
});

test("a subtree is shown alone, named by its place, and left again", async ({ page, server }) => {
  const { id, log } = await finishedRun(server);
  const { path } = log.findLast((event) => event.type === "selected")!;
  const [, first, second] = path;
  await page.goto(`/?run=${id}&node=${second}`);
  await expect(status(page)).toHaveText("finished");
  await expect(nodePanel(page)).toContainText(`node ${second}`);
  await twin(page).press("t");
  const crumbs = page.getByRole("navigation", { name: "Shown part of the tree" });
  await expect(crumbs).toContainText("step 2");
  await expect(page).toHaveURL(new RegExp(`top=${second}`));
  await page.reload();
  await expect(crumbs).toContainText("step 2");
  await crumbs.getByRole("button", { name: "step 1" }).press("Enter");
  await expect(page).toHaveURL(new RegExp(`top=${first}(&|$)`));
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`top=${second}(&|$)`));
  await twin(page).press("Shift+T");
  await expect(crumbs).toHaveCount(0);
  await expect(page).not.toHaveURL(/top=/);
});

test("held keys under the left hand move the camera, and let go of it", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  await twin(page).focus();
  await page.keyboard.press("z");
  await page.keyboard.down("w");
  await expect(page.getByRole("button", { name: "Follow" })).toHaveAttribute(
    "aria-pressed",
    "false",
  );
  await page.keyboard.up("w");
  await expect(page).toHaveURL(/k=/);
  const zoomed = placeOf(page);
  const before = await picture(page);
  await page.keyboard.down("s");
  await page.keyboard.down("d");
  await expect.poll(() => picture(page)).not.toEqual(before);
  await page.keyboard.up("s");
  await page.keyboard.up("d");
  // The address is written once the camera has come to rest.
  await expect.poll(() => placeOf(page).k).not.toEqual(zoomed.k);
  expect(placeOf(page).x).not.toEqual(zoomed.x);
});

/** Where the camera is, as the address has it. */
function placeOf(page: Page): Record<"x" | "k", string | null> {
  const search = new URL(page.url()).searchParams;
  return { x: search.get("x"), k: search.get("k") };
}

function picture(page: Page): Promise<string> {
  return canvas(page).evaluate((element: HTMLCanvasElement) => element.toDataURL());
}

test("on a phone the options are at the bottom of the page", async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  await page.getByRole("button", { name: "View", exact: true }).click();
  const options = page.getByRole("group", { name: "View", exact: true });
  await options.getByRole("radio", { name: "Merged" }).check();
  await expect(page).toHaveURL(/order=merged/);
  const box = (await options.boundingBox())!;
  expect([box.x, box.width, box.y + box.height]).toEqual([0, 390, 844]);
  await page.mouse.click(200, 200);
  await expect(options).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(() => {
    test.use({ colorScheme });

    test(`axe finds nothing serious in what opens, ${colorScheme}`, async ({ page, server }) => {
      const { id } = await finishedRun(server);
      await page.goto(`/?run=${id}&node=2`);
      await expect(status(page)).toHaveText("finished");
      await page.getByRole("button", { name: "View", exact: true }).click();
      await expectClean(page);
      await page.getByRole("button", { name: "Filter", exact: true }).click();
      await expectClean(page);
      await page.keyboard.press("Escape");
      await twin(page).press("b");
      await page.getByRole("tab", { name: "Marks" }).click();
      await page.getByRole("button", { name: "Find", exact: true }).click();
      await page.keyboard.type("12");
      await expectClean(page);
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
      await expectClean(page);
    });
  });
}

async function expectClean(page: Page): Promise<void> {
  expect(await brokenRules(page)).toEqual([]);
}
