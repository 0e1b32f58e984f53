import { expect, type Page } from "@playwright/test";
import type { RunEvent } from "../src/protocol/events.ts";
import type { ParameterFacts } from "../src/protocol/strategy-facts/facts.ts";
import { factsOf, STRATEGY_NAMES } from "../src/protocol/strategy-facts/table.ts";
import { nodePanel, runFromForm, status, toTheEnd, twin, walkDownTo } from "./page-parts.ts";
import { onlyRun, readLog } from "./run-api.ts";
import { test } from "./server-fixture.ts";

test("the form offers every strategy, in groups, and tells its story and its own fields", async ({
  page,
}) => {
  await page.goto("/");
  const form = page.getByRole("region", { name: "New run" });
  const choice = form.getByRole("combobox", { name: "Strategy" });
  for (const name of STRATEGY_NAMES) {
    const { label, parameters } = factsOf({ name });
    await choice.selectOption(label);
    for (const { label: field, more } of Object.values<ParameterFacts>(parameters)) {
      if (!more) await expect(form.getByText(field, { exact: true }).first()).toBeVisible();
    }
  }
  await choice.selectOption("Beam");
  await expect(form).toContainText("Each round keeps the best 4 of 16 prefixes");
  await form.getByRole("spinbutton", { name: "Candidates N" }).fill("8");
  await expect(form).toContainText("Each round keeps the best 2 of 8 prefixes");
});

test("a lookahead shows what was looked ahead to, and that it had no vote", async ({
  page,
  server,
}) => {
  const log = await runInForm(page, server, "Lookahead");
  const rollout = log.find((event) => event.type === "proposed" && event.origin === "rollout");
  const { node } = rollout as Extract<RunEvent, { type: "proposed" }>;
  await openNode(page, node, log);
  await expect(nodePanel(page)).toContainText("rollout");
  const judged = log.find((event) => event.type === "scored" && event.rolledOutTo !== undefined);
  const scored = judged as Extract<RunEvent, { type: "scored" }>;
  await openNode(page, scored.node, log);
  await expect(nodePanel(page)).toContainText(
    `at the end of its rollout, node ${scored.rolledOutTo}`,
  );
});

test("a tree search shows visits, values and both terms, and why each step was taken", async ({
  page,
  server,
}) => {
  const log = await runInForm(page, server, "Monte Carlo (MCTS)");
  const visited = log.findLast((event) => event.type === "visited")!;
  const row = visited.nodes.find(({ explore }) => explore !== undefined)!;
  await openNode(page, row.node, log);
  const panel = nodePanel(page);
  await expect(panel).toContainText(`Visits${row.visits}`);
  await expect(panel).toContainText(/Rule\d\.\d\d · \d\.\d\d\+? exploit \+ \d\.\d\d explore/);
  await page.getByRole("tab", { name: "Round" }).click();
  const round = page.getByRole("region", { name: /^Round/ });
  await expect(round).toContainText("exploit + explore");
  await expect(round).toContainText(/This simulation was worth 0?1?\.?\d/);
  await expect(round.getByText("taken").first()).toBeAttached();
});

test("diverse trees keep one child of each subtree", async ({ page, server }) => {
  const log = await runInForm(page, server, "Diverse trees (DVTS)");
  const kept = log.find((event) => event.type === "kept")!;
  expect(kept.nodes).toHaveLength(4);
  await expect(status(page)).toContainText("finished");
});

test("particles tell how often each was drawn, and what their weights were worth", async ({
  page,
  server,
}) => {
  const log = await runInForm(page, server, "Particle filter");
  const draw = log.findLast((event) => event.type === "round" && event.phase === "resample");
  const { effective } = draw as Extract<RunEvent, { type: "round" }>;
  const drawn = log.find((event) => event.type === "visited")!;
  const often = drawn.nodes.reduce((a, b) => (b.visits > a.visits ? b : a));
  await openNode(page, often.node, log);
  await expect(nodePanel(page)).toContainText(`Times drawn${often.visits}`);
  const gone = log.find((event) => event.type === "pruned")!;
  await openNode(page, gone.nodes[0]!.node, log);
  await expect(nodePanel(page)).toContainText("Not drawn when the candidates were resampled");
  await page.getByRole("tab", { name: "Round" }).click();
  const round = page.getByRole("region", { name: /^Round/ });
  await round.getByRole("button", { name: "Decision of the round before" }).click();
  await expect(round).toContainText(`worth ${effective!.toFixed(1)} particles`);
  await expect(round.getByText(/^×\d+$/).first()).toBeVisible();
});

test("an attempt names the one that it tries to do better than", async ({ page, server }) => {
  const log = await runInForm(page, server, "Sequential revisions");
  const again = log.find((event) => event.type === "proposed" && event.revises !== undefined);
  const { node, revises } = again as Extract<RunEvent, { type: "proposed" }>;
  await openNode(page, node, log);
  await expect(nodePanel(page)).toContainText(`Tries again afternode ${revises}`);
});

async function runInForm(page: Page, server: Parameters<typeof readLog>[0], strategy: string) {
  await page.goto("/");
  await runFromForm(page, { strategy, seed: 5 });
  await toTheEnd(page);
  return readLog(server, (await onlyRun(server)).id);
}

/** Goes to a node with the keys, from the root down. */
async function openNode(page: Page, node: number, log: readonly RunEvent[]): Promise<void> {
  const parents = new Map<number, number>();
  for (const event of log) {
    if (event.type !== "expanded") continue;
    for (let i = 0; i < event.kids; i++) parents.set(event.first + i, event.node);
  }
  const path: number[] = [];
  for (let at = node; at !== 0; at = parents.get(at)!) path.unshift(at);
  await twin(page).press("Home");
  for (const step of path) {
    await twin(page).press("ArrowRight");
    await walkDownTo(page, step);
  }
}
