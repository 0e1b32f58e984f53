import { expect, type Locator, type Page } from "@playwright/test";
import { foldLog } from "../src/protocol/tree.ts";
import { canvas, moment, toTheEnd } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test("dragging with Shift selects a range, and dragging without it scrubs", async ({
  page,
  server,
}) => {
  const { id, log } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const before = await moment(page).textContent();
  await drag(page, { from: 0.3, to: 0.6, shift: true });
  const [start, end] = await rangeOf(page);
  expect(Math.abs(start - 0.3 * log.length)).toBeLessThan(0.05 * log.length);
  expect(Math.abs(end - 0.6 * log.length)).toBeLessThan(0.05 * log.length);
  await expect(moment(page)).toHaveText(before!);

  // Inside of the range one can scrub; a press outside of it clears it.
  await drag(page, { from: 0.4, to: 0.5 });
  expect(await rangeOf(page)).toEqual([start, end]);
  await expect(moment(page)).not.toHaveText(before!);
  await drag(page, { from: 0.9, to: 0.9 });
  await expectNoRange(page);
});

test("what happened in a range stays lit in the tree, and the rest is dimmed", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const picture = () => canvas(page).evaluate((element: HTMLCanvasElement) => element.toDataURL());
  // The last things have grown in when the picture stays what it is.
  let allLit = "";
  await expect(async () => {
    const before = allLit;
    allLit = await picture();
    expect(allLit).toBe(before);
  }).toPass();
  await drag(page, { from: 0.3, to: 0.4, shift: true });
  await expect.poll(picture).not.toBe(allLit);
  await page.getByRole("slider", { name: "Moment" }).press("Escape");
  await expectNoRange(page);
  await expect.poll(picture).toBe(allLit);
});

test("a range can be selected, moved and cleared by keys alone", async ({ page, server }) => {
  const { id, log } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const last = log.length - 1;
  const slider = page.getByRole("slider", { name: "Moment" });
  await slider.press("Shift+ArrowLeft");
  await slider.press("Shift+ArrowLeft");
  expect(await rangeOf(page)).toEqual([last - 2, last]);
  await slider.press("Shift+ArrowRight");
  expect(await rangeOf(page)).toEqual([last - 1, last]);

  await range(page, "start").press("Home");
  expect(await rangeOf(page)).toEqual([0, last]);
  await range(page, "end").press("PageDown");
  const rounds = foldLog(log).rounds.map(({ seq }) => seq);
  const [, end] = await rangeOf(page);
  expect(rounds).toContain(end);
  await range(page, "end").press("ArrowRight");
  expect(await rangeOf(page)).toEqual([0, end + 1]);
  await range(page, "start").press("End");
  expect(await rangeOf(page)).toEqual([end + 1, end + 1]);
  await range(page, "end").press("Escape");
  await expectNoRange(page);
  await expect(slider).toBeFocused();
});

test("the ends of a range can be dragged", async ({ page, server }) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  await drag(page, { from: 0.3, to: 0.6, shift: true });
  const [start, end] = await rangeOf(page);
  const handle = (await range(page, "end").boundingBox())!;
  await page.mouse.move(handle.x + handle.width / 2, handle.y + 30);
  await page.mouse.down();
  await page.mouse.move(handle.x + 150, handle.y + 30, { steps: 3 });
  await page.mouse.up();
  const [sameStart, later] = await rangeOf(page);
  expect(sameStart).toBe(start);
  expect(later).toBeGreaterThan(end);
});

test("without a Shift key there is a button", async ({ page, server }) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const button = page.getByRole("button", { name: "Select range" });
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await drag(page, { from: 0.2, to: 0.4 });
  const [start, end] = await rangeOf(page);
  expect(start).toBeLessThan(end);
  await button.click();
  await expectNoRange(page);
});

test("the mouse is told what is under it", async ({ page, server }) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const box = (await page.getByRole("slider", { name: "Moment" }).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.locator(".timeline-readout")).toHaveText(/^events? \d+.* · round \d+/);
  await page.mouse.move(box.x + box.width / 2, box.y - 200);
  await expect(page.locator(".timeline-readout")).toBeHidden();
});

function range(page: Page, end: "start" | "end"): Locator {
  return page.getByRole("slider", { name: `Range ${end}` });
}

async function rangeOf(page: Page): Promise<[start: number, end: number]> {
  const ends = [range(page, "start"), range(page, "end")];
  for (const end of ends) await expect(end).toBeVisible();
  // The handles follow in the next frame.
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const values = await Promise.all(ends.map((end) => end.getAttribute("aria-valuenow")));
  return [Number(values[0]), Number(values[1])];
}

async function expectNoRange(page: Page): Promise<void> {
  for (const end of ["start", "end"] as const) await expect(range(page, end)).toBeHidden();
}

/** Drags along the timeline between two shares of its width. */
async function drag(
  page: Page,
  { from, to, shift = false }: { from: number; to: number; shift?: boolean },
): Promise<void> {
  const box = (await page.getByRole("slider", { name: "Moment" }).boundingBox())!;
  const y = box.y + box.height / 2;
  if (shift) await page.keyboard.down("Shift");
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 5 });
  await page.mouse.up();
  if (shift) await page.keyboard.up("Shift");
}
