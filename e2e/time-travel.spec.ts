import { expect, type Page } from "@playwright/test";
import { formatCount, formatDuration } from "../src/app/format.ts";
import type { RunEvent } from "../src/protocol/events.ts";
import { foldLog } from "../src/protocol/tree.ts";
import { moment, spent, twin } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test("every moment shows what the log said by then, and no more", async ({ page, server }) => {
  const { id, log } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  const last = log.length - 1;
  await expectMoment(page, log, last);
  await page.getByRole("tree").focus();

  const starts = roundStarts(log);
  expect(starts.length).toBeGreaterThan(2);
  for (const seq of starts.toReversed()) {
    await page.keyboard.press("Shift+{");
    await expectMoment(page, log, seq);
  }
  for (const seq of starts.slice(1)) {
    await page.keyboard.press("Shift+}");
    await expectMoment(page, log, seq);
  }
});

test("single events go back and forth by keys, buttons and the slider", async ({
  page,
  server,
}) => {
  const { id, log } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  const last = log.length - 1;
  await expectMoment(page, log, last);
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();

  for (const [i, key] of ["[", "[", ",", "[", "]", "."].entries()) {
    await page.keyboard.press(key);
    await expectMoment(page, log, [last - 1, last - 2, last - 3, last - 4, last - 3, last - 2][i]!);
  }
  await press("Next event");
  await expectMoment(page, log, last - 1);
  await press("Previous round");
  await expectMoment(page, log, roundStarts(log).at(-1)!);
  await press("Previous event");
  await expectMoment(page, log, roundStarts(log).at(-1)! - 1);
  await press("Next round");
  await expectMoment(page, log, roundStarts(log).at(-1)!);

  const slider = page.getByRole("slider", { name: "Moment" });
  await slider.press("Home");
  await expectMoment(page, log, 0);
  await expect(slider).toHaveAttribute("aria-valuenow", "0");
  await slider.press("ArrowRight");
  await expectMoment(page, log, 1);
  await slider.press("PageUp");
  await expectMoment(page, log, roundStarts(log)[1]!);
  await slider.press("End");
  await expectMoment(page, log, last);
  await expect(slider).toHaveAttribute("aria-valuenow", String(last));
  await expect(slider).toHaveAttribute("aria-valuemax", String(last));
});

test("the timeline can be grabbed anywhere and dragged", async ({ page, server }) => {
  const { id, log } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await expectMoment(page, log, log.length - 1);
  const box = (await page.getByRole("slider", { name: "Moment" }).boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.75, y);
  await page.mouse.down();
  const grabbed = await heldEvent(page);
  expect(grabbed).toBeLessThan(log.length - 1);
  await page.mouse.move(box.x + box.width * 0.25, y, { steps: 5 });
  await page.mouse.up();
  const dragged = await heldEvent(page);
  expect(dragged).toBeLessThan(grabbed);
  await expectMoment(page, log, dragged);
});

test("playing shows a finished run again from its start, and pauses where it is", async ({
  page,
  server,
}) => {
  const { id, log } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await expectMoment(page, log, log.length - 1);
  const speed = page.getByRole("combobox", { name: "Speed" });
  await speed.selectOption("0.25×");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await shownEvent(page, (event) => event > 0 && event < log.length / 2);
  await page.getByRole("button", { name: "Pause playback" }).click();
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  const held = await heldEvent(page);
  expect(held).toBeLessThan(log.length - 1);
  await expectMoment(page, log, held);
  await speed.selectOption("16×");
  await twin(page).press("Space");
  await shownEvent(page, (event) => event === log.length - 1);
  await expectMoment(page, log, log.length - 1);
});

/** Seqs at which rounds begin: a round has several phases. */
function roundStarts(log: readonly RunEvent[]): number[] {
  let last = -1;
  return log.flatMap((event) => {
    if (event.type !== "round" || event.round === last) return [];
    last = event.round;
    return [event.seq];
  });
}

/** Everything on the page that counts agrees with the first `seq + 1` lines of the log, read afresh. */
async function expectMoment(page: Page, log: readonly RunEvent[], seq: number): Promise<void> {
  const prefix = log.slice(0, seq + 1);
  const tree = foldLog(prefix);
  await expect(moment(page)).toHaveText(
    new RegExp(`^event ${formatCount(seq)} of ${formatCount(log.length - 1)}( ·|$)`),
  );
  const { policyTokens, prmTokens, prmCalls, ms } = tree.useAt();
  await expect
    .poll(() => spent(page))
    .toMatchObject({
      "Policy tokens": formatCount(policyTokens),
      "PRM tokens": formatCount(prmTokens),
      "PRM calls": formatCount(prmCalls),
      "Wall time": formatDuration(ms),
    });
  const items = twin(page).getByRole("treeitem");
  await expect(items.and(page.locator('[aria-level="2"]'))).toHaveCount(
    tree.count === 0 ? 0 : [...tree.children(0)].length,
  );
  const sampled = prefix.filter((event) => event.type === "proposed" && event.node <= 16);
  const texts = await items.allTextContents();
  const told = texts.filter((text) => text.startsWith("step 1") && !text.includes("being sampled"));
  expect(told).toHaveLength(sampled.length);
}

/** Where the playhead stands; the panels follow it some frames later. */
async function heldEvent(page: Page): Promise<number> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  });
  const slider = page.getByRole("slider", { name: "Moment" });
  return Number(await slider.getAttribute("aria-valuenow"));
}

/** Waits for a moment that is as wanted; resolves to it. */
async function shownEvent(page: Page, isWanted: (event: number) => boolean): Promise<number> {
  let shown = -1;
  await expect
    .poll(async () => {
      const words = (await moment(page).textContent()) ?? "";
      shown = Number(/^event ([\d,]+)/.exec(words)?.[1]?.replaceAll(",", "") ?? -1);
      return isWanted(shown);
    })
    .toBe(true);
  return shown;
}
