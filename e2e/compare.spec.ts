import { expect, type Page } from "@playwright/test";
import { brokenRules } from "./axe.ts";
import { finishedRun, readLog } from "./run-api.ts";
import { test } from "./server-fixture.ts";

const column = (page: Page, letter: string) =>
  page.getByRole("region", { name: new RegExp(`^${letter}: `) });
const playhead = (page: Page) => page.getByRole("slider", { name: "Moment of all runs" });
const position = (page: Page) => page.getByRole("region", { name: "Time" }).getByRole("status");
const compared = (page: Page) =>
  (new URL(page.url()).searchParams.get("runs") ?? "").split(".").filter((id) => id !== "");
const twin = (page: Page, letter: string) =>
  page.getByRole("tree", { name: `Search tree of ${letter}` });

/** The policy tokens that a run has spent at the moment that is shown. */
const tokens = (page: Page, letter: string) =>
  column(page, letter)
    .locator(".spent > div", { hasText: "policy tokens" })
    .getByRole("definition");

/** The first number of a text. */
function numberIn(text: string | null): number {
  return Number(/[\d,]+/.exec(text ?? "")?.[0].replaceAll(",", ""));
}

test("a comparison starts from the form with one press, grows, is scrubbed, and its link brings it back", async ({
  page,
  server,
}) => {
  test.setTimeout(120_000);
  await page.goto("/");
  const form = page.getByRole("region", { name: "New run" });
  await form.getByRole("textbox", { name: "Problem" }).fill("(7+5)*9-14*3");
  await form.getByText("searches side by side").click();
  await form.getByRole("button", { name: /^Best of 16 against Beam 16 × 4/ }).click();
  await expect.poll(() => compared(page).length).toBe(2);
  const [a, b] = compared(page) as [string, string];

  await expect(column(page, "A")).toContainText("Best of 16");
  await expect(column(page, "B")).toContainText("Beam 16 × 4");
  const log = await readLog(server, a);
  const spent = log.findLast((event) => "use" in event)!.use.policyTokens;
  const [started] = await readLog(server, b);
  expect(started).toMatchObject({ type: "started", budget: { policyTokens: spent } });
  await expect(page.getByRole("main")).toContainText(
    `B may spend the ${spent.toLocaleString("en")} policy tokens that A has spent.`,
  );

  // Played to the end, everything is shown of both.
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  const whole = spent.toLocaleString("en");
  await expect(position(page)).toHaveText(new RegExp(`^${whole} of ${whole} policy tokens$`));
  await expect(tokens(page, "A")).toHaveText(whole);

  // One playhead for both: neither has spent more than it says.
  await playhead(page).focus();
  await playhead(page).press("Home");
  await expect(tokens(page, "A")).toHaveText("0");
  await expect(tokens(page, "B")).toHaveText("0");
  for (let i = 0; i < 4; i++) await page.keyboard.press("]");
  await expect(position(page)).not.toHaveText(/^0 of/);
  const shown = numberIn(await position(page).textContent());
  expect(shown).toBeGreaterThan(0);
  for (const letter of ["A", "B"]) {
    await expect
      .poll(async () => numberIn(await tokens(page, letter).textContent()))
      .toBeLessThanOrEqual(shown);
  }

  // The same prefix is selected in both.
  await page.getByRole("radio", { name: "Rounds" }).check();
  await playhead(page).press("End");
  await twin(page, "A").press("Home");
  await twin(page, "A").press("ArrowRight");
  await expect(page).toHaveURL(/pick=0-\d+/);
  await playhead(page).press("Home");
  await page.keyboard.press("]");
  await expect(position(page)).toHaveText(/^round 1 of/);
  await expect(page).toHaveURL(/axis=rounds/);
  await expect(page).toHaveURL(/pos=1(&|$)/);

  const stripOf = (letter: string) => column(page, letter).locator(".score-strip").textContent();
  const strips = [await stripOf("A"), await stripOf("B")];
  await page.reload();
  await expect(position(page)).toHaveText(/^round 1 of/);
  await expect
    .poll(async () => [await stripOf("A"), await stripOf("B")], "the same moment")
    .toEqual(strips);
  await expect(page.getByRole("radio", { name: "Rounds" })).toBeChecked();

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await brokenRules(page)).toEqual([]);
  }
});

test("runs that are there are chosen from the list, taken out, and opened alone", async ({
  page,
  server,
}) => {
  await finishedRun(server, { seed: 1 });
  await finishedRun(server, { seed: 2, strategy: { name: "majority" }, verifier: null });
  await page.goto("/?page=compare");
  const boxes = page.getByRole("checkbox");
  await expect(boxes).toHaveCount(2);
  for (const box of await boxes.all()) await box.check();
  await page.getByRole("button", { name: "Compare 2 runs" }).click();
  await expect(column(page, "B")).toContainText("finished");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Compare", exact: true }).last()).toBeVisible();
  await page.goForward();
  await expect(column(page, "B")).toContainText("finished");
  await page.getByRole("button", { name: "Take A out" }).click();
  await expect(column(page, "B")).toHaveCount(0);
  await page.getByRole("button", { name: "Open A alone" }).click();
  await expect(page).toHaveURL(/\?run=\w+$/);
});

test("the palette starts a comparison too", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Run an example" })).toBeEnabled();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /^Command/ })).toBeFocused();
  await page.keyboard.type("two seeds");
  await page.keyboard.press("Enter");
  await expect.poll(() => compared(page).length).toBe(2);
  await expect(column(page, "A")).toContainText("seed 0");
  await expect(column(page, "B")).toContainText("seed 1");
});

test("compared runs are one tree: partings are gone to, one run is lit, and the link brings it back", async ({
  page,
  server,
}) => {
  const a = await finishedRun(server);
  const b = await finishedRun(server, { strategy: { name: "majority", n: 8 }, verifier: null });
  await page.goto(`/?page=compare&runs=${a.id}.${b.id}`);
  await expect(column(page, "B")).toContainText("Majority of 8");
  await page.getByRole("group", { name: "Trees" }).getByText("Merged").click();
  const tree = page.getByRole("tree", { name: "Merged tree of A, B" });
  await expect(tree.getByRole("treeitem").first()).toBeAttached();

  const partings = page.getByRole("region", { name: "Partings" }).getByRole("button");
  await expect(partings.first()).toContainText(/[AB] [\d,]+ policy token/);
  await partings.first().click();
  await expect(partings.first()).toHaveAttribute("aria-current", "true");
  await expect(page).toHaveURL(/as=merged/);
  await expect(page).toHaveURL(/pick=\d-\d+/);
  await page.getByRole("group", { name: "Lit" }).getByText("B", { exact: true }).click();
  await expect(page).toHaveURL(/of=1/);
  await expect(page).toHaveURL(/over=[\d.x-]+/);
  const address = page.url();
  expect(await brokenRules(page)).toEqual([]);

  await page.reload();
  await expect(tree.getByRole("treeitem", { selected: true })).toBeAttached();
  await expect(partings.first()).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("radio", { name: "B", exact: true })).toBeChecked();
  // It looks where it did: the address stays as it is once the tree is drawn.
  await page.getByRole("group", { name: "Lit" }).getByText("A", { exact: true }).click();
  await expect(page).toHaveURL(address.replace("of=1", "of=0"));
  await playhead(page).focus();
  await playhead(page).press("Home");
  await expect(tree.getByRole("treeitem")).toHaveCount(1);
  await page.getByRole("group", { name: "Trees" }).getByText("Side by side").click();
  await expect(twin(page, "A")).toBeAttached();
});

test("runs of different problems are not made one tree", async ({ page, server }) => {
  const a = await finishedRun(server);
  const b = await finishedRun(server, { problem: "2*7*(20-13)+1" });
  await page.goto(`/?page=compare&runs=${a.id}.${b.id}&as=merged`);
  await expect(page.getByText("These runs are of different problems")).toBeVisible();
});
