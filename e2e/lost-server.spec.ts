import { expect } from "@playwright/test";
import { moment, openRun, runFromForm, status, twin } from "./page-parts.ts";
import { finishedRun, getRun, LONG_PROBLEM, onlyRun, readLog } from "./run-api.ts";
import { SERVER_GONE, test } from "./server-fixture.ts";
import { ServerProcess } from "./server-process.ts";
import { openWire } from "./wire.ts";

test.use({ excused: SERVER_GONE });

test("a server that is killed in mid-run comes back with everything that was shown", async ({
  page,
  server,
}) => {
  const other = await finishedRun(server, { seed: 11 });
  await page.goto("/");
  await runFromForm(page, {
    problem: LONG_PROBLEM,
    policy: "scripted-slow",
    verifier: "scripted",
  });
  await expect(moment(page)).toHaveText(/^event \d\d+ of/);
  await expect(status(page)).toHaveText("running");
  const id = openRun(page);
  await server.kill();

  await expect(status(page)).toHaveText(/^connection lost.*everything up to event \d+/);
  await expect(twin(page).getByRole("treeitem").first()).toBeAttached();
  const shown = Number(/event (\d+)/.exec((await status(page).textContent()) ?? "")![1]);
  expect(shown).toBeGreaterThanOrEqual(10);

  await server.restart();
  await expect(status(page)).toHaveText(/^interrupted/);
  const run = await getRun(server, id);
  expect(run.status).toBe("interrupted");
  expect(run.lastSeq).toBeGreaterThanOrEqual(shown);
  await expect(status(page)).toContainText(`everything up to event ${run.lastSeq}`);
  const log = await readLog(server, id);
  expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: run.lastSeq + 1 }, (_, i) => i));
  await page.keyboard.press("l");
  await expect(moment(page)).toHaveText(new RegExp(`^event ${run.lastSeq} of ${run.lastSeq}( |$)`));
  await expect(
    page.getByRole("region", { name: "Runs" }).getByRole("listitem").first(),
  ).toContainText("interrupted");

  expect(await readLog(server, other.id)).toEqual(other.log);
  await runFromForm(page, { verifier: "scripted", policy: "scripted" });
  await expect(status(page)).toHaveText("finished");
});

test.describe(() => {
  // The page is not at the server's own address, but at the wire's.
  test.use({
    excused: new RegExp(`${SERVER_GONE.source}|^request: http://127\\.0\\.0\\.1:\\d+/`),
  });

  test("a stream that breaks goes on where it was, event by event", async ({ page }) => {
    await using wire = await openWire();
    const server = await ServerProcess.start({
      env: { SENTEI_ALLOW_HOSTS: new URL(wire.url).host },
    });
    wire.leadTo(server.url);
    try {
      await page.goto(wire.url);
      await runFromForm(page, {
        problem: LONG_PROBLEM,
        policy: "scripted-slow",
        verifier: "scripted",
      });
      await expect(moment(page)).toHaveText(/^event \d\d+ of/);
      wire.cut();
      await expect(status(page)).toHaveText(/^connection lost/);
      wire.leadTo(server.url);
      await expect(status(page)).toHaveText("finished");
      await page.keyboard.press("l");
      const { lastSeq } = await onlyRun(server);
      await expect(moment(page)).toHaveText(new RegExp(`^event ${lastSeq} of ${lastSeq}( |$)`));
    } finally {
      await server.stop();
    }
  });
});

test("a page whose server is gone says so instead of doing nothing", async ({ page, server }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Run", exact: true })).toBeEnabled();
  await server.kill();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const told = page.getByRole("region", { name: "New run" }).getByRole("alert");
  await expect(told.filter({ hasText: /^The server cannot be reached\.$/ })).toBeVisible();
  await server.restart();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(status(page)).toHaveText("finished");
});
