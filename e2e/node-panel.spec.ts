import { expect, type Page } from "@playwright/test";
import { type PruneReason, ROOT, type RunEvent } from "../src/protocol/events.ts";
import { nodePanel, runFromForm, toTheEnd, twin, walkDownTo } from "./page-parts.ts";
import { onlyRun, readLog } from "./run-api.ts";
import { test } from "./server-fixture.ts";

type Of<Type extends RunEvent["type"]> = Extract<RunEvent, { type: Type }>;

/** What the log says of a node, read without any code of the product. */
interface Record {
  readonly parent: number;
  proposed?: Of<"proposed">;
  scored?: Of<"scored">;
  pruned?: Of<"pruned">["nodes"][number];
}

const BECAUSE: { [Reason in PruneReason]?: RegExp } = {
  not_top_k: /^Not among the best 4 of round \d+: /,
  duplicate: /^Says the same as node \d+, which stands for both/,
  invalid: /^(The step was cut off|No answer can be read)/,
  superseded: /^Lost the final choice to node \d+, whose answer won: rank \d+ of the answers/,
};

test("what the panel says of a node is what the log says: steps, scores, and why it was pruned", async ({
  page,
  server,
}) => {
  await page.goto("/");
  await runFromForm(page, { strategy: "Beam", problem: "25 2 22 -> 45", seed: 5 });
  await toTheEnd(page);
  const log = await readLog(server, (await onlyRun(server)).id);
  const records = readRecords(log);
  const { path } = log.findLast((event) => event.type === "selected")!;
  expect(path.length).toBeGreaterThan(2);

  const reasons = new Set<string>();
  await twin(page).press("Home");
  for (const [depth, node] of path.slice(1).entries()) {
    await twin(page).press("ArrowRight");
    const { parent } = records.get(node)!;
    const family = [...records].filter(([, record]) => record.parent === parent);
    for (const [sibling, record] of family) {
      await walkDownTo(page, sibling);
      await comparePanel(page, records, sibling);
      await expect(nodePanel(page).getByRole("heading")).toHaveText(`Step ${depth + 1}`);
      if (record.pruned) reasons.add(record.pruned.reason);
    }
    for (const _ of family.slice(family.findIndex(([id]) => id === node) + 1)) {
      await twin(page).press("ArrowUp");
    }
    await expect(twin(page)).toHaveAttribute("aria-activedescendant", `node-${node}`);
    await expect(nodePanel(page)).toContainText("selected");
  }
  expect(reasons).toContain("not_top_k");
});

function readRecords(log: readonly RunEvent[]): Map<number, Record> {
  const records = new Map<number, Record>();
  for (const event of log) {
    if (event.type === "expanded") {
      for (let i = 0; i < event.kids; i++) records.set(event.first + i, { parent: event.node });
    } else if (event.type === "proposed") records.get(event.node)!.proposed = event;
    else if (event.type === "scored") records.get(event.node)!.scored = event;
    else if (event.type === "pruned") {
      for (const entry of event.nodes) records.get(entry.node)!.pruned = entry;
    }
  }
  return records;
}

async function comparePanel(
  page: Page,
  records: ReadonlyMap<number, Record>,
  node: number,
): Promise<void> {
  const { proposed, scored, pruned } = records.get(node)!;
  await expect(nodePanel(page).getByText(`node ${node}`, { exact: true }).first()).toBeVisible();
  const panel = await readPanel(page);
  const prefix: number[] = [];
  for (let id = node; id !== ROOT; id = records.get(id)!.parent) prefix.unshift(id);
  expect(panel.lines).toEqual(
    prefix.map((id) => ({
      text: records.get(id)!.proposed!.step,
      score: scoreWords(records.get(id)!.scored?.score),
    })),
  );
  expect(panel.facts).toMatchObject({
    Score: scored ? scoreWords(scored.score) : "not scored",
    Tokens: String(proposed!.tokens),
  });
  expect(panel.facts["Log-probability"]).toContain(proposed!.logprob!.toFixed(2));
  expect(panel.facts["Proposed"]).toContain(`event ${proposed!.seq} ·`);
  if (!pruned) return;
  const { reason, rank, cut, beatenBy } = pruned;
  const why = panel.paragraphs.find((text) => BECAUSE[reason]?.test(text));
  expect(why, `${reason} in: ${panel.paragraphs.join(" | ")}`).toBeDefined();
  if (rank !== null) expect(why).toContain(`rank ${rank}`);
  if (cut !== null) expect(why).toContain(`cut line ${scoreWords(cut)}`);
  if (beatenBy !== null) expect(why).toContain(`node ${beatenBy}`);
  if (scored && reason === "not_top_k") expect(why).toContain(`score ${scoreWords(scored.score)}`);
}

function scoreWords(score: number | undefined): string {
  if (score === undefined) return "–";
  const single = Math.fround(score);
  return single < 1 && single > 0.995 ? "0.99+" : single.toFixed(2);
}

interface Panel {
  /** Steps from the first on, with the score beside each. */
  readonly lines: readonly { readonly text: string; readonly score: string }[];
  readonly facts: { readonly [name: string]: string };
  readonly paragraphs: readonly string[];
}

function readPanel(page: Page): Promise<Panel> {
  return nodePanel(page).evaluate((panel) => {
    const texts = (selector: string) =>
      [...panel.querySelectorAll(selector)].map((element) => element.textContent ?? "");
    const lines = [...panel.querySelectorAll("ol > li")].map((line) => ({
      text: line.querySelector("bdi")?.textContent ?? "",
      score: line.querySelector('[title^="Score "], [title="Not scored"]')?.textContent ?? "",
    }));
    const names = texts("dt");
    const facts = Object.fromEntries(texts("dd").map((text, i) => [names[i], text]));
    return { lines, facts, paragraphs: texts("p") };
  });
}
