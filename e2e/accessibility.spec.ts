import { expect, type Page } from "@playwright/test";
import { brokenRules } from "./axe.ts";
import { nodePanel, status, twin } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(() => {
    test.use({ colorScheme });

    test(`axe finds nothing serious on the first page and in its help, ${colorScheme}`, async ({
      page,
    }) => {
      await page.goto("/");
      await expect(page.getByRole("button", { name: "Run an example" })).toBeEnabled();
      await expectClean(page);
      await page.getByText("More", { exact: true }).click();
      await page.getByRole("textbox", { name: "Problem" }).fill("1+");
      await expectClean(page);
      await page.getByRole("button", { name: "Keys and help" }).click();
      await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
      await expectClean(page);
    });

    test(`axe finds nothing serious in a finished run with a node selected, ${colorScheme}`, async ({
      page,
      server,
    }) => {
      const { id, log } = await finishedRun(server);
      const pruned = log.find((event) => event.type === "pruned")!.nodes[0]!.node;
      await page.goto(`/?run=${id}&node=${pruned}`);
      await expect(status(page)).toHaveText("finished");
      await expect(nodePanel(page)).toContainText(`node ${pruned}`);
      await expectClean(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole("button", { name: `Node ${pruned}` }).click();
      await expect(nodePanel(page)).toBeVisible();
      await expectClean(page);
    });
  });
}

test("the tree has one tab stop, and every item says where it is in the whole", async ({
  page,
  server,
}) => {
  const { id, log } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await expect(status(page)).toHaveText("finished");
  const tree = twin(page);
  await expect(tree.locator("[tabindex]")).toHaveCount(0);
  await expect(tree).toHaveAttribute("tabindex", "0");

  const kids = new Map<number, number[]>();
  const parent = new Map<number, number>();
  for (const event of log) {
    if (event.type !== "expanded") continue;
    const family = Array.from({ length: event.kids }, (_, i) => event.first + i);
    kids.set(event.node, [...(kids.get(event.node) ?? []), ...family]);
    for (const kid of family) parent.set(kid, event.node);
  }
  const { path } = log.findLast((event) => event.type === "selected")!;
  await tree.press("Home");
  for (const [level, node] of path.entries()) {
    if (level > 0) await tree.press("ArrowRight");
    const family = level === 0 ? [node] : kids.get(parent.get(node)!)!;
    while ((await activeId(page)) !== `node-${node}`) await tree.press("ArrowDown");
    const item = page.locator(`#node-${node}`);
    await expect(item).toHaveAttribute("aria-level", String(level + 1));
    await expect(item).toHaveAttribute("aria-posinset", String(family.indexOf(node) + 1));
    await expect(item).toHaveAttribute("aria-setsize", String(family.length));
    await expect(item).toHaveAttribute("aria-selected", "true");
    await expect(tree.getByRole("treeitem", { selected: true })).toHaveCount(1);
    if (kids.has(node)) await expect(item).toHaveAttribute("aria-expanded", "true");
    else await expect(item).not.toHaveAttribute("aria-expanded");
  }
});

function activeId(page: Page): Promise<string | null> {
  return twin(page).getAttribute("aria-activedescendant");
}

async function expectClean(page: Page): Promise<void> {
  expect(await brokenRules(page)).toEqual([]);
}
