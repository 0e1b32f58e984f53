import { expect, type Locator, type Page } from "@playwright/test";

/** What a run is started with in the form; the rest stays as the page has it. */
export interface Form {
  readonly problem?: string;
  /** As the form calls it: `Beam`. */
  readonly strategy?: string;
  readonly policy?: string;
  readonly verifier?: string;
  readonly seed?: number;
  readonly paused?: boolean;
}

/** Fills in the form and presses Run, as a person does. */
export async function runFromForm(page: Page, form: Form): Promise<void> {
  await fillForm(page, form);
  const before = page.url();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page).not.toHaveURL(before);
  await expect(status(page)).toBeVisible();
}

async function fillForm(page: Page, form: Form): Promise<void> {
  const panel = page.getByRole("region", { name: "New run" });
  const { problem, strategy, policy, verifier, seed, paused } = form;
  // What the server offers is there.
  await expect(page.getByRole("button", { name: "Run", exact: true })).toBeEnabled();
  if (strategy) await panel.getByRole("combobox", { name: "Strategy" }).selectOption(strategy);
  if (problem !== undefined) await panel.getByRole("textbox", { name: "Problem" }).fill(problem);
  if (policy) {
    const field = panel.getByRole("combobox", { name: "Policy" });
    if (!(await field.isVisible())) await panel.getByText("More", { exact: true }).click();
    await field.selectOption(policy);
  }
  if (verifier) await panel.getByRole("combobox", { name: "Verifier" }).selectOption(verifier);
  if (seed !== undefined) {
    await panel.getByRole("spinbutton", { name: "Seed" }).fill(String(seed));
  }
  if (paused !== undefined) {
    await panel.getByRole("checkbox", { name: "Start paused" }).setChecked(paused);
  }
}

/** Id of the run on screen, as the address has it. */
export function openRun(page: Page): string {
  return new URL(page.url()).searchParams.get("run")!;
}

/** The badge that says how the open run is doing. */
export function status(page: Page): Locator {
  return page.getByRole("banner").getByRole("status");
}

/** The words for the moment that is shown: `event 213 of 978 · round 4 · prune · 1.2 s`. */
export function moment(page: Page): Locator {
  return page.getByRole("toolbar", { name: "Playback" }).getByRole("status");
}

/** Waits until all of the run is known and its newest event is shown. */
export async function toTheEnd(page: Page): Promise<void> {
  await expect(status(page)).toContainText(/finished|cancelled|failed|interrupted/);
  await page.getByRole("slider", { name: "Moment" }).press("End");
  await expect(moment(page)).toHaveText(/^event (\S+) of \1( ·|$)/);
}

/** What is told of the selected node, whichever it is. */
export function nodePanel(page: Page): Locator {
  return page.getByRole("region", { name: /^(Node|Problem|Step \d+)$/ });
}

/** The tree as assistive technology has it. */
export function twin(page: Page): Locator {
  return page.getByRole("tree", { name: "Search tree" });
}

/** What the page says has been spent, by unit. */
export async function spent(page: Page): Promise<Record<string, string>> {
  const budget = page.getByRole("region", { name: "Budget" });
  if (!(await budget.getByRole("term").first().isVisible())) await budget.getByText(/ · /).click();
  const [units, amounts] = await Promise.all([
    budget.getByRole("term").allTextContents(),
    budget.getByRole("definition").allTextContents(),
  ]);
  return Object.fromEntries(units.map((unit, i) => [unit, amounts[i] ?? ""]));
}

/** Makes this node the active one of the tree by going down its column from where the walk is. */
export async function walkDownTo(page: Page, node: number): Promise<void> {
  const tree = twin(page);
  await expect(async () => {
    const active = await tree.getAttribute("aria-activedescendant");
    if (active === `node-${node}`) return;
    await tree.press("ArrowDown");
    throw new Error(`at ${active}, on the way down to node ${node}`);
  }).toPass({ intervals: [10] });
}

/** The tree as everybody else sees it. */
export function canvas(page: Page): Locator {
  return page.getByRole("region", { name: "Tree", exact: true }).locator("canvas").first();
}

/** Marks on the tree's canvas below its headers, as a share of its pixels in [0, 1]. */
export function ink(page: Page): Promise<number> {
  return canvas(page).evaluate((element: HTMLCanvasElement) => {
    const { width, height, clientHeight } = element;
    const top = Math.ceil((60 * height) / clientHeight);
    const copy = new OffscreenCanvas(width, height);
    const ctx = copy.getContext("2d", { willReadFrequently: true })!;
    ctx.drawImage(element, 0, 0);
    const { data } = ctx.getImageData(0, top, width, height - top);
    let marked = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) marked++;
    return (4 * marked) / data.length;
  });
}
