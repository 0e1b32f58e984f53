import { expect } from "@playwright/test";
import { moment, toTheEnd } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";

/** What any run takes at speed 1, ms, with some patience for a machine that is busy. */
const LONGEST_MS = 10_000 + 3_000;

test("at speed 1 a run is played to its end within ten seconds", async ({ page, server }) => {
  const { id, log } = await finishedRun(server, { strategy: { name: "beam", n: 32, m: 4 } });
  // More than are played at the slowest pace in that time.
  expect(log.length).toBeGreaterThan(250);
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect(moment(page)).not.toHaveText(/^event (\S+) of \1( ·|$)/);
  await expect(moment(page)).toHaveText(/^event (\S+) of \1( ·|$)/, { timeout: LONGEST_MS });
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});
