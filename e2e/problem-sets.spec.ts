import { expect } from "@playwright/test";
import { status } from "./page-parts.ts";
import { onlyRun } from "./run-api.ts";
import { answered, test } from "./server-fixture.ts";

const ROWS = [
  JSON.stringify({ problem: "What is $3+4$?", answer: "\\boxed{7}", level: 2, subject: "Algebra" }),
  "this is no JSON",
  JSON.stringify({ problem: "How many sides has a pentagon?", answer: "5" }),
  JSON.stringify({ task: "no problem here" }),
].join("\n");

test.describe(() => {
  test.use({ excused: answered(422) });

  test("a file of problems is dropped, its bad rows are told, and a run of one of them is graded", async ({
    page,
    server,
  }) => {
    await page.goto("/");
    const panel = page.getByRole("region", { name: "New run" });
    await panel.getByText("Problem sets").click();
    const picker = panel.locator('input[type="file"]');
    await picker.setInputFiles({
      ...{ name: "empty.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from("{}\n") },
    });
    await expect(panel.getByRole("alert")).toContainText("No row of the file is a problem");

    const transfer = await page.evaluateHandle((text) => {
      const files = new DataTransfer();
      files.items.add(new File([text], "mine.jsonl"));
      return files;
    }, ROWS);
    await panel.locator("label.drop").dispatchEvent("drop", { dataTransfer: transfer });
    await expect(panel.getByText("mine: 2 problems kept, 2 rows left out:")).toBeVisible();
    const refused = panel.getByRole("list", { name: "Rows that do not fit" });
    await expect(refused.getByRole("listitem")).toHaveText([
      /^line 2 it is no JSON$/,
      /^line 4 it has no problem/,
    ]);

    await panel.getByRole("listbox", { name: "Problems of mine" }).selectOption({ index: 0 });
    await expect(panel.getByRole("textbox", { name: "Problem" })).toHaveValue("What is $3+4$?");
    await expect(panel.getByText("Answers are graded by the known one: 7")).toBeVisible();

    const more = panel.getByRole("combobox", { name: "Policy" });
    if (!(await more.isVisible())) await panel.getByText("More", { exact: true }).click();
    await more.selectOption("scripted");
    await panel.getByRole("combobox", { name: "Verifier" }).selectOption("scripted");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(status(page)).toHaveText(/^finished/);
    const run = await onlyRun(server);
    expect(run.problem).toMatchObject({ family: "math", reference: "7" });
    expect(run.correct).toBe(run.answer === "7");

    await page.reload();
    await panel.getByText("Problem sets").click();
    await expect(panel.getByRole("combobox", { name: "Problem set" })).toContainText("mine · 2");
    await panel.getByRole("button", { name: "Delete" }).click();
    await expect(panel.getByRole("combobox", { name: "Problem set" })).toBeHidden();
  });
});

test("a problem whose text is changed has no known answer any more", async ({ page, server }) => {
  const response = await fetch(`${server.url}/api/problem-sets?name=two`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: "question,answer\nWhat is 3+4?,7\n3+5,8\n",
  });
  expect(response.status).toBe(201);
  await page.goto("/");
  const panel = page.getByRole("region", { name: "New run" });
  const field = panel.getByRole("textbox", { name: "Problem" });
  await panel.getByText("Problem sets").click();
  await panel.getByRole("listbox", { name: "Problems of two" }).selectOption({ index: 1 });
  await expect(panel.getByText("Answers are graded by the known one: 8")).toBeVisible();
  await field.fill("3+50");
  await expect(panel.getByText(/Answers are graded/)).toBeHidden();
  await expect(panel.getByText("expressions, level")).toBeVisible();
});
