import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import { brokenRules } from "./axe.ts";
import { finishedRun } from "./run-api.ts";
import { ServerProcess } from "./server-process.ts";
import { type StaticSite, serveFolder } from "./static-site.ts";

/** A page of somebody else that notes what a frame says. */
const HOST_PAGE = `<!doctype html><title>A host</title><body><script>
globalThis.heard = [];
addEventListener("message", ({ origin, data }) => heard.push({ origin, data }));
globalThis.say = (message) => document.querySelector("iframe").contentWindow.postMessage(message, "*");
globalThis.show = (src) => {
  const frame = document.createElement("iframe");
  Object.assign(frame, { src, title: "Reasoning tree", width: 900, height: 500 });
  document.body.append(frame);
  return new Promise((resolve) => frame.addEventListener("load", resolve));
};
</script>`;

interface Heard {
  readonly origin: string;
  readonly data: { readonly type: string; readonly message?: string; readonly shown?: Shown };
}
interface Shown {
  readonly nodes: number;
  readonly events: number;
  readonly answer: string | null;
  readonly picked: { readonly node: number; readonly steps: readonly string[] } | null;
}

const heard = (page: Page): Promise<Heard[]> => page.evaluate("heard");
const say = (page: Page, message: unknown) =>
  page.evaluate((text) => (globalThis as unknown as { say(m: unknown): void }).say(text), message);
const show = (page: Page, url: string) => page.evaluate(`show(${JSON.stringify(url)})`);
const lastShown = async (page: Page) =>
  (await heard(page)).findLast(({ data }) => data.type === "sentei:shown")?.data.shown;

async function withHost(use: (site: StaticSite) => Promise<void>, page = HOST_PAGE) {
  const folder = mkdtempSync(path.join(tmpdir(), "sentei-host-"));
  writeFileSync(path.join(folder, "index.html"), page);
  const site = await serveFolder(folder, "/");
  try {
    await use(site);
  } finally {
    await site.close();
    rmSync(folder, { recursive: true });
  }
}

test("a page elsewhere shows a tree in a frame, commands it, and hears of it", async ({ page }) => {
  await withHost(async (site) => {
    const { origin } = new URL(site.url);
    const server = await ServerProcess.start({ env: { SENTEI_EMBED_ORIGINS: origin } });
    try {
      const { log } = await finishedRun(server);
      await page.goto(site.url);
      await show(page, `${server.url}/embed.html?origin=${encodeURIComponent(origin)}`);
      await say(page, { type: "sentei:connect", version: 1 });
      await expect
        .poll(async () => (await heard(page))[0])
        .toEqual({
          origin: server.url,
          data: { type: "sentei:ready", version: 1 },
        });

      await say(page, { type: "sentei:load", log: log.map((e) => JSON.stringify(e)).join("\n") });
      await expect.poll(async () => (await lastShown(page))?.events).toBe(log.length);
      expect((await lastShown(page))?.answer).toBe(
        log.find((event) => event.type === "selected")?.answer,
      );
      const tree = page.frameLocator("iframe").getByRole("tree");
      await expect(tree.getByRole("treeitem").first()).toBeAttached();

      await say(page, { type: "sentei:select", node: 1 });
      await expect.poll(async () => (await lastShown(page))?.picked?.node).toBe(1);
      await tree.press("ArrowRight");
      await expect.poll(async () => (await lastShown(page))?.picked?.steps.length).toBe(2);
      expect(await brokenRules(page, { within: "iframe" })).toEqual([]);

      await say(page, { type: "sentei:load", log: "{}" });
      await expect
        .poll(async () => (await heard(page)).at(-1)?.data)
        .toMatchObject({ type: "sentei:error", message: expect.stringMatching(/^line 1: /) });
      expect((await lastShown(page))?.events).toBe(log.length);
    } finally {
      await server.stop();
    }
  });
});

test("a page that nobody allowed can neither frame the app nor command a tree", async ({
  page,
}) => {
  await withHost(async (site) => {
    const { origin } = new URL(site.url);
    const server = await ServerProcess.start({ env: { SENTEI_EMBED_ORIGINS: origin } });
    const strict = await ServerProcess.start();
    try {
      const blocked: string[] = [];
      page.on("console", (message) => blocked.push(message.text()));
      await page.goto(site.url);
      await show(page, `${strict.url}/embed.html`);
      await expect.poll(() => blocked.join()).toMatch(/frame-ancestors/);
      await page.goto(site.url);
      blocked.length = 0;
      await show(page, `${server.url}/`);
      await expect.poll(() => blocked.join()).toMatch(/frame-ancestors/);

      // Framed it may be, but its address does not name this page.
      await page.goto(site.url);
      await show(page, `${server.url}/embed.html`);
      await say(page, { type: "sentei:connect", version: 1 });
      await page.frameLocator("iframe").getByRole("tree").waitFor({ state: "attached" });
      expect(await heard(page)).toEqual([]);
    } finally {
      await server.stop();
      await strict.stop();
    }
  });
});

test("the tree as a React component, in an app that only has the module", async ({ page }) => {
  test.setTimeout(180_000);
  const root = path.join(import.meta.dirname, "..");
  const server = await ServerProcess.start();
  const app = mkdtempSync(path.join(root, "test-results-app-"));
  try {
    const { log } = await finishedRun(server);
    await build({ root, mode: "tree", logLevel: "error", build: { outDir: `${app}/sentei` } });
    writeFileSync(`${app}/log.json`, JSON.stringify(log));
    writeFileSync(
      `${app}/index.html`,
      '<!doctype html><title>An app</title><div id="app" style="height: 500px"></div><script type="module" src="./app.jsx"></script>',
    );
    writeFileSync(
      `${app}/app.jsx`,
      `import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { createReasoningTree, TreeOf } from "./sentei/sentei-tree.js";
import "./sentei/sentei-tree.css";
import log from "./log.json";

const tree = createReasoningTree();
globalThis.tree = tree;
tree.append(log);
createRoot(document.getElementById("app")).render(createElement(TreeOf, { tree, label: "My tree" }));`,
    );
    await build({ root: app, base: "./", logLevel: "error" });
    const site = await serveFolder(`${app}/dist`, "/");
    await page.goto(site.url);
    const tree = page.getByRole("tree", { name: "My tree" });
    await expect(tree.getByRole("treeitem").first()).toBeAttached();
    await expect.poll(() => page.evaluate("tree.shown().events")).toBe(log.length);
    await tree.press("Home");
    await expect.poll(() => page.evaluate("tree.shown().picked?.node")).toBe(0);
    await site.close();
  } finally {
    rmSync(app, { recursive: true });
    await server.stop();
  }
});
