import { expect, type Page } from "@playwright/test";
import type { RunEvent } from "../src/protocol/events.ts";
import { comparable } from "../src/search/record.ts";
import { moment, openRun, runFromForm, status } from "./page-parts.ts";
import { finishedRun, LONG_PROBLEM, onlyRun, readLog } from "./run-api.ts";
import { test } from "./server-fixture.ts";
import type { ServerProcess } from "./server-process.ts";

test("a run that starts paused is stepped by events and rounds, resumed, and its log says so", async ({
  page,
  server,
}) => {
  const problem = "(7+5)*9-14*3";
  const { log: unpaused } = await finishedRun(server, { problem, seed: 9 });
  await page.goto("/");
  await runFromForm(page, {
    ...{ problem, seed: 9, paused: true },
    ...{ verifier: "scripted", policy: "scripted" },
  });
  await expect(status(page)).toHaveText("paused at the source");
  const id = openRun(page);
  const types = async () => (await readLog(server, id)).map(({ type }) => type);
  await expect.poll(types).toContain("paused");
  const before = await ownEvents(server, id);

  for (const more of [1, 2, 3]) {
    await press(page, "Step event");
    await expect.poll(async () => (await ownEvents(server, id)).length).toBe(before.length + more);
    await expect(status(page)).toHaveText("paused at the source");
  }
  await press(page, "Step round");
  const second = unpaused.findIndex((event) => event.type === "round" && event.round === 2);
  await expect.poll(async () => (await ownEvents(server, id)).length).toBe(second);
  await expect(status(page)).toHaveText("paused at the source");

  await press(page, "Resume search");
  await expect(status(page)).toHaveText("finished");
  expect(withoutSeq(await ownEvents(server, id))).toEqual(withoutSeq(unpaused));
  const log = await types();
  expect(log.filter((type) => type === "steered")).toHaveLength(4);
  expect(log.lastIndexOf("resumed")).toBeGreaterThan(log.indexOf("paused"));
  await expect(page.getByRole("group", { name: "At the source" })).toHaveCount(0);
});

test("a running search is paused where it is, and cancelled", async ({ page, server }) => {
  await page.goto("/");
  await runFromForm(page, {
    problem: LONG_PROBLEM,
    policy: "scripted-slow",
    verifier: "scripted",
  });
  await expect(moment(page)).toHaveText(/^event \d\d+ of/);
  await press(page, "Pause search");
  await expect(status(page)).toHaveText("paused at the source");
  const { id } = await onlyRun(server);
  const { length } = await readLog(server, id);
  await press(page, "Step event");
  await expect.poll(async () => (await readLog(server, id)).length).toBeGreaterThan(length);

  await press(page, "Cancel");
  await expect(status(page)).toHaveText(/^cancelled\s*by a person$/);
  const log = await readLog(server, id);
  expect(log.at(-1)).toMatchObject({ type: "cancelled", by: "a person" });
  expect(log.filter(({ type }) => type === "paused")).toHaveLength(1);
});

/** What the search said, without what says how it was steered. */
async function ownEvents(server: ServerProcess, id: string): Promise<RunEvent[]> {
  const log = await readLog(server, id);
  return log.filter(({ type }) => !["paused", "resumed", "steered"].includes(type));
}

/** Events as they are without their numbers and times, which a pause moves. */
function withoutSeq(log: readonly RunEvent[]): object[] {
  return log.map((event) => ({ ...comparable(event), seq: 0 }));
}

function press(page: Page, name: string): Promise<void> {
  return page
    .getByRole("group", { name: "At the source" })
    .getByRole("button", { name, exact: true })
    .click();
}
