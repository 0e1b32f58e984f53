import { expect, type Page } from "@playwright/test";
import {
  canvas,
  moment,
  nodePanel,
  openRun,
  runFromForm,
  spent,
  status,
  toTheEnd,
  twin,
} from "./page-parts.ts";
import { finishedRun, LONG_PROBLEM, onlyRun, readLog } from "./run-api.ts";
import { answered, test } from "./server-fixture.ts";

test("a reload in mid-run loses nothing", async ({ page, server }) => {
  await page.goto("/");
  await runFromForm(page, {
    problem: LONG_PROBLEM,
    policy: "scripted-slow",
    verifier: "scripted",
  });
  await expect(moment(page)).toHaveText(/^event \d\d+ of/);
  await expect(status(page)).toHaveText("running");
  await page.reload();
  await expect(status(page)).toHaveText("running");
  await toTheEnd(page);
  const { id, lastSeq } = await onlyRun(server);
  expect(openRun(page)).toBe(id);
  const log = await readLog(server, id);
  expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq + 1 }, (_, i) => i));
  await expect(moment(page)).toHaveText(new RegExp(`^event ${lastSeq} of ${lastSeq} `));
  const kids = log.find((event) => event.type === "expanded")!.kids;
  await expect(twin(page).getByRole("treeitem").and(page.locator('[aria-level="2"]'))).toHaveCount(
    kids,
  );
});

test("a link restores run, node, moment and camera", async ({ page, server }) => {
  const { id } = await finishedRun(server);
  await finishedRun(server, { seed: 8 });
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  // The log is read; what is to be seen of it has its places a moment later.
  await expect(twin(page).getByRole("treeitem")).not.toHaveCount(0);
  await twin(page).press("ArrowRight");
  await twin(page).press("ArrowRight");
  await page.keyboard.press("Shift+{");
  await canvas(page).hover({ position: { x: 200, y: 300 } });
  await page.mouse.wheel(0, -240);
  await page.mouse.down();
  await page.mouse.move(500, 420, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(5, 5);
  await expect(page).toHaveURL(/\?run=[^&]+&node=1&at=\d+&x=[^&]+&y=[^&]+&k=/);
  await settled(page);

  const url = page.url();
  const before = { words: await shownWords(page), picture: await picture(page) };
  await page.reload();
  await expect(nodePanel(page)).toContainText("node 1");
  await settled(page);
  expect(page.url()).toBe(url);
  expect(await shownWords(page)).toEqual(before.words);
  expect(difference(await picture(page), before.picture)).toBeLessThan(16);

  await page.getByRole("button", { name: "Follow" }).click();
  await expect(page).not.toHaveURL(/k=/);
  await settled(page);
  expect(difference(await picture(page), before.picture)).toBeGreaterThan(16);
  const other = await page.context().newPage();
  await other.goto(url);
  await expect(nodePanel(other)).toContainText("node 1");
  await settled(other);
  expect(await shownWords(other)).toEqual(before.words);
  expect(difference(await picture(other), before.picture)).toBeLessThan(16);
});

test("back and forward walk through runs and nodes that were looked at", async ({
  page,
  server,
}) => {
  const first = await finishedRun(server);
  const second = await finishedRun(server, { problem: "4 14 9 -> 50", seed: 8 });
  await page.goto("/");
  const rows = page.getByRole("region", { name: "Runs" }).getByRole("listitem");
  await rows.nth(1).getByRole("button").click();
  await expect(page).toHaveURL(new RegExp(`run=${first.id}$`));
  await expect(status(page)).toHaveText("finished");
  const panel = nodePanel(page).getByRole("heading", { level: 2 });
  await twin(page).press("ArrowRight");
  await twin(page).press("ArrowRight");
  await expect(panel).toHaveText("Step 1");
  await rows.nth(0).getByRole("button").click();
  await expect(page).toHaveURL(new RegExp(`run=${second.id}$`));
  await expect(page.getByRole("banner")).toContainText("4 14 9 -> 50");

  await page.goBack();
  await expect(page.getByRole("banner")).toContainText("(7+5)*9-14*3");
  await expect(panel).toHaveText("Step 1");
  await page.goBack();
  await expect(panel).toHaveText("Problem");
  await page.goBack();
  await expect(panel).toHaveText("Node");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Run an example" })).toBeVisible();
  await page.goForward();
  await page.goForward();
  await page.goForward();
  await expect(panel).toHaveText("Step 1");
  await page.goForward();
  await expect(page.getByRole("banner")).toContainText("4 14 9 -> 50");
});

test("a link to a node that is still to come selects it when it comes", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await runFromForm(page, {
    problem: LONG_PROBLEM,
    policy: "scripted-slow",
    verifier: "scripted",
  });
  const { id } = await onlyRun(server);
  await page.goto(`/?run=${id}&node=20`);
  await expect(nodePanel(page).getByText("node 20", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/node=20/);
});

test.describe(() => {
  test.use({ excused: answered(404) });

  test("a link to a run that is not here says so", async ({ page }) => {
    await page.goto("/?run=nobody-knows");
    await expect(status(page)).toContainText("There is no run nobody-knows.");
    await expect(page.getByRole("main")).toContainText("There is no run nobody-knows.");
    await page.getByRole("button", { name: /Sentei/ }).click();
    await expect(page.getByRole("button", { name: "Run an example" })).toBeVisible();
  });
});

/** All that a link is to bring back, as far as it is words. */
async function shownWords(page: Page): Promise<object> {
  return {
    moment: await moment(page).textContent(),
    spent: await spent(page),
    node: await nodePanel(page).textContent(),
  };
}

const PICTURE = { width: 80, height: 60 };

/** The tree on its canvas, in few and large pixels: ink in [0, 255]. */
function picture(page: Page): Promise<number[]> {
  return canvas(page).evaluate((element: HTMLCanvasElement, { width, height }) => {
    const ctx = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    ctx.imageSmoothingQuality = "high";
    ctx.drawImage(element, 0, 0, width, height);
    const { data } = ctx.getImageData(0, 0, width, height);
    return Array.from({ length: width * height }, (_, i) => data[4 * i + 3]!);
  }, PICTURE);
}

/** The largest difference of two pictures at one place; addresses are rounded, which moves ink by less than a pixel. */
function difference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

/** Waits until the tree and the address stand still. */
async function settled(page: Page): Promise<void> {
  await canvas(page).evaluate(async (element: HTMLCanvasElement) => {
    const now = () => location.href + element.toDataURL();
    let still = 0;
    let before = now();
    // Longer than the address waits for quiet.
    while (still < 60) {
      await new Promise(requestAnimationFrame);
      const after = now();
      still = after === before ? still + 1 : 0;
      before = after;
    }
  });
}
