import { expect, type Locator, type Page } from "@playwright/test";
import { crowd } from "./crowd.ts";
import { openMadeRun, TRIANGLE } from "./made-run.ts";
import { canvas, moment, nodePanel, status, twin } from "./page-parts.ts";
import { type finishedRun, LONG_PROBLEM, post, readLog, startRun } from "./run-api.ts";
import type { ServerProcess } from "./server-process.ts";

/** What states are shown of. */
interface Scene {
  readonly page: Page;
  readonly server: ServerProcess;
  /** A beam search of the embedded models that has come to its end. */
  readonly run: Awaited<ReturnType<typeof finishedRun>>;
}

/** One way that the page can look. */
export interface State {
  readonly name: string;
  /** Brings the page there. Resolves to the part that the state is about. */
  readonly show: (scene: Scene) => Promise<Locator>;
  /** On paper, which nobody presses or hears. */
  readonly isPrinted?: true;
}

/** A beam search with some rounds, pruned steps and right and wrong answers. */
export const EXAMPLE = {
  problem: "(9+6)*(8-3)-4*7",
  policy: "sentei-s",
  verifier: "sentei-prm",
};

/** From nothing to a run that goes on, is held, or is lost. The last one kills the server. */
export const RUN_STATES: readonly State[] = [
  {
    name: "empty",
    async show({ page }) {
      await page.goto("/");
      const example = page.getByRole("button", { name: "Run an example" });
      await expect(example).toBeEnabled();
      return example;
    },
  },
  {
    name: "error",
    async show({ page }) {
      await page.goto("/");
      await onTab(page, "Runs");
      await page.getByRole("textbox", { name: "Problem" }).fill("(9+6*(8-3)");
      return page.getByText("is never closed");
    },
  },
  {
    name: "more",
    async show({ page }) {
      await page.goto("/");
      await onTab(page, "Runs");
      await page.getByText("More", { exact: true }).click();
      return page.getByRole("combobox", { name: "Policy" });
    },
  },
  {
    name: "empty-panels",
    async show({ page }) {
      await page.goto("/");
      await onTab(page, "Node");
      await page.getByRole("tab", { name: "Lines" }).click();
      return page.getByText("Here stand the best lines");
    },
  },
  {
    name: "help",
    async show({ page }) {
      await page.goto("/");
      await page.getByRole("button", { name: "Keys and help" }).click();
      return page.getByRole("dialog", { name: "Keys" });
    },
  },
  {
    name: "paused",
    async show({ page, server }) {
      const { id } = await startRun(server, { paused: true });
      for (const rounds of [1, 2]) {
        await post(server, `/api/runs/${id}/commands`, { command: "step", to: "round" });
        const held = async () =>
          (await readLog(server, id)).filter(({ type }) => type === "pruned").length;
        await expect.poll(held).toBeGreaterThanOrEqual(rounds);
      }
      await page.goto(`/?run=${id}`);
      await expect(status(page)).toContainText("paused at the source");
      return page.getByRole("button", { name: "Step round" });
    },
  },
  {
    name: "failed",
    async show({ page }) {
      const failed = "the verifier returned 3 scores for 4 prefixes";
      await openMadeRun(page, { ...TRIANGLE, rounds: TRIANGLE.rounds.slice(0, 3), failed });
      await expect(status(page)).toContainText("failed");
      return page.getByText(failed).first();
    },
  },
  {
    name: "unknown",
    async show({ page }) {
      await page.goto("/?run=00000000");
      return page.getByRole("button", { name: "Back to the first page" });
    },
  },
  {
    name: "live",
    async show({ page, server }) {
      const { id } = await startRun(server, {
        ...{ problem: LONG_PROBLEM, policy: "scripted-slow" },
        strategy: { name: "beam", n: 64 },
      });
      await page.goto(`/?run=${id}`);
      await expect(moment(page)).toHaveText(/^event \d\d+ of/);
      return page.getByRole("button", { name: "Pause search" });
    },
  },
  {
    name: "lost",
    async show({ page, server }) {
      const { id } = await startRun(server, { paused: true });
      await page.goto(`/?run=${id}`);
      await expect(status(page)).toContainText("paused at the source");
      // The panel that was shown last comes after the page.
      await expect(page.locator(".panel.lines")).toBeAttached();
      await server.kill();
      const lost = page.getByText("connection lost");
      await expect(lost).toBeVisible();
      return lost;
    },
  },
];

/** One run, arranged, lit and looked at in every way. */
export const TREE_STATES: readonly State[] = [
  { name: "finished", show: (scene) => showTree(scene) },
  { name: "folded", show: (scene) => showTree(scene, "&dead=on") },
  { name: "lantern", show: (scene) => showTree(scene, "&least=8") },
  { name: "by-score", show: (scene) => showTree(scene, "&order=score") },
  { name: "merged", show: (scene) => showTree(scene, "&order=merged") },
  {
    name: "hoisted",
    async show(scene) {
      await showTree(scene, `&top=${chosenPath(scene.run)[3]}`);
      return scene.page.getByRole("navigation", { name: "Shown part of the tree" });
    },
  },
  {
    name: "view-options",
    async show(scene) {
      await showTree(scene);
      await scene.page.getByRole("button", { name: "View", exact: true }).click();
      return scene.page.getByRole("group", { name: "View", exact: true });
    },
  },
  {
    name: "filter",
    async show(scene) {
      await showTree(scene, "&scores=0.5-1&only=kept.right");
      await scene.page.getByRole("button", { name: "Filter", exact: true }).click();
      return scene.page.getByRole("group", { name: "Filter", exact: true });
    },
  },
  {
    name: "find",
    async show(scene) {
      await showTree(scene, "&find=15*5");
      const field = scene.page.getByRole("textbox", { name: "Find in the steps" });
      await field.press("Enter");
      return field;
    },
  },
  {
    name: "brush",
    async show(scene) {
      const { length } = scene.run.log;
      await showTree(scene, `&brush=${Math.round(length * 0.3)}-${Math.round(length * 0.6)}`);
      return scene.page.getByRole("slider", { name: "Range start" });
    },
  },
  {
    name: "palette",
    async show(scene) {
      await showTree(scene);
      await scene.page.getByRole("button", { name: "Commands" }).click();
      await scene.page.keyboard.type("fold");
      return scene.page.getByRole("dialog", { name: "Commands" });
    },
  },
  {
    name: "dense",
    async show({ page }) {
      await openMadeRun(page, crowd());
      await expect(status(page)).toHaveText("finished");
      return canvas(page);
    },
  },
];

/** What the side says of a run, and its steps to be read. */
export const TEXT_STATES: readonly State[] = [
  {
    name: "step",
    async show(scene) {
      const pruned = scene.run.log.flatMap((event) => (event.type === "pruned" ? event.nodes : []));
      const { node } = pruned.findLast(({ reason }) => reason === "not_top_k")!;
      await showTree(scene, `&node=${node}`);
      await onSide(scene.page, "Step");
      await expect(nodePanel(scene.page)).toContainText(`node ${node}`);
      return nodePanel(scene.page);
    },
  },
  {
    name: "lines",
    async show(scene) {
      await showTree(scene, `&node=${chosenPath(scene.run).at(-1)}`);
      const panel = await onSide(scene.page, "Lines");
      await panel.getByRole("listitem").nth(2).hover();
      return panel.getByRole("slider", { name: "Step of the line" });
    },
  },
  {
    name: "similar",
    async show(scene) {
      await showTree(scene);
      const panel = await onSide(scene.page, "Similar");
      const row = panel.getByRole("row").nth(1);
      await row.getByRole("button").click();
      await onTab(scene.page, /^Node/);
      return row;
    },
  },
  {
    name: "round",
    async show(scene) {
      const { log } = scene.run;
      const third = log.findIndex((event) => event.type === "round" && event.round === 3);
      await showTree(scene, `&at=${third - 1}`);
      const panel = await onSide(scene.page, "Round");
      return panel.getByRole("img", { name: /cut line/ });
    },
  },
  {
    name: "marks",
    async show(scene) {
      const { page } = scene;
      const nodes = chosenPath(scene.run).slice(1, 4);
      for (const node of nodes) {
        await showTree(scene, `&node=${node}`);
        await twin(page).press("b");
      }
      const panel = await onSide(page, "Marks");
      const note = panel.getByRole("textbox", { name: `Note to node ${nodes[1]}` });
      await note.fill("The product comes first here. Compare it with the line that subtracts.");
      await note.blur();
      return note;
    },
  },
  {
    name: "answers",
    async show(scene) {
      await showTree(scene);
      const panel = await onSide(scene.page, "Answers");
      return panel.getByRole("table");
    },
  },
  {
    name: "read",
    async show({ page }) {
      await showTriangle(page, "&read=1");
      const solution = page.getByRole("region", { name: "Solution" });
      await solution.getByRole("button", { name: "2 alternatives" }).first().click();
      await typeset(page);
      return solution;
    },
  },
  {
    name: "print",
    isPrinted: true,
    async show({ page }) {
      await showTriangle(page, "&read=1");
      await page.emulateMedia({ media: "print" });
      await typeset(page);
      return page.getByRole("region", { name: "Solution" });
    },
  },
  {
    name: "cards",
    async show({ page }) {
      await page.emulateMedia({ media: "screen" });
      await showTriangle(page, "&node=4&x=1&y=0&k=1x150");
      await typeset(page);
      return page.locator(".card").first();
    },
  },
  {
    name: "raw",
    async show({ page }) {
      await showTriangle(page, "&node=9&x=1&y=0&k=1x150");
      await twin(page).press("r");
      await onSide(page, "Step");
      return nodePanel(page);
    },
  },
];

/** On a narrow page, shows this part of it. */
async function onTab(page: Page, name: string | RegExp): Promise<void> {
  const tab = page.getByRole("navigation").getByRole("button", { name });
  if (await tab.isVisible()) await tab.click();
}

async function onSide(page: Page, name: string): Promise<Locator> {
  await onTab(page, /^Node/);
  await page.getByRole("tab", { name, exact: true }).click();
  return page.getByRole("tabpanel", { name });
}

async function showTree({ page, run }: Scene, query = ""): Promise<Locator> {
  await page.goto(`/?run=${run.id}${query}`);
  await expect(status(page)).toHaveText("finished");
  return canvas(page);
}

async function showTriangle(page: Page, query: string): Promise<void> {
  await openMadeRun(page, TRIANGLE, query);
  await expect(status(page)).toHaveText("finished");
}

/** Waits until what is in view is set as mathematics. */
async function typeset(page: Page): Promise<void> {
  await expect(page.locator(".formula").first()).toHaveClass(/\bset\b/);
}

/** From the root to the chosen answer. */
function chosenPath({ log }: Scene["run"]): readonly number[] {
  return log.findLast((event) => event.type === "selected")!.path;
}
