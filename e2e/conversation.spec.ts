import { expect } from "@playwright/test";
import { openRun, spent, status, toTheEnd } from "./page-parts.ts";
import { finishedRun, readLog } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test("a finished run is gone on with: its answer is kept, its reasoning dropped and counted", async ({
  page,
  server,
}) => {
  const { id, log } = await finishedRun(server, { policy: "sentei-s", verifier: "checker" });
  const selected = log.findLast((event) => event.type === "selected")!;
  const reasoning = log
    .filter((event) => event.type === "proposed")
    .filter(({ node }) => selected.path.includes(node))
    .reduce((sum, { reasoningTokens }) => sum + reasoningTokens!, 0);
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  const { "Reasoning tokens": of, "Answer tokens": answers, ...units } = await spent(page);
  const number = (text: string) => Number(text.replace(/\D/g, ""));
  expect(number(of!) + number(answers!)).toBe(number(units["Policy tokens"]!));

  await page.getByRole("button", { name: "Ask next" }).click();
  const problem = page.getByRole("textbox", { name: "Problem" });
  await expect(problem).toBeFocused();
  await problem.fill("3*4+5");
  const form = page.getByRole("region", { name: "Asked before" });
  await expect(form).toContainText(`reasoning of ${reasoning} tokens dropped`);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page).not.toHaveURL(new RegExp(id));
  await toTheEnd(page);
  const turns = page.getByRole("region", { name: "Earlier in this conversation" });
  await expect(turns.getByRole("listitem")).toHaveText(
    new RegExp(`answered:${selected.answer}reasoning of ${reasoning} tokens dropped`),
  );
  await expect(form).toHaveCount(0);
  const [started] = await readLog(server, openRun(page));
  expect(started).toMatchObject({
    problem: { text: "3*4+5" },
    earlier: [{ answer: selected.answer, reasoningTokens: reasoning }],
  });
});
