import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { nodePanel, status, toTheEnd, twin } from "./page-parts.ts";
import { finishedRun } from "./run-api.ts";
import { save } from "./save-menu.ts";
import { test, watch } from "./server-fixture.ts";

test("the tree is saved as shapes and as pixels, its nodes as a table, its log as it is", async ({
  page,
  server,
  browser,
}, info) => {
  const { id, log } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const kids = log.map((event) => (event.type === "expanded" ? event.kids : 0));
  const nodes = 1 + kids.reduce((sum, some) => sum + some);

  const svg = await save(page, "The whole tree as SVG", info);
  expect(svg.name).toMatch(/^sentei-.*\.svg$/);
  const shapes = await readFile(svg.file, "utf8");
  expect(shapes).not.toMatch(/<(script|image|foreignObject|use)/i);
  // What the picture says is read from its elements, by a parser that refuses what is not well-formed.
  const reader = await browser.newPage();
  const said = await reader.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    if (parsed.querySelector("parsererror")) throw new Error("not well-formed");
    return [...parsed.querySelectorAll("text")].map(({ textContent }) => textContent);
  }, shapes);
  await reader.close();
  const steps = log.flatMap((event) => (event.type === "proposed" ? [event.step] : []));
  expect(steps.filter((step) => !said.includes(step))).toEqual([]);
  expect(said).toContain("Problem");

  const png = await readFile((await save(page, "What is in view as PNG (4k)", info)).file);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16)).toBe(3840);

  const table = await readFile((await save(page, "The nodes as a table (CSV)", info)).file, "utf8");
  expect(table.trimEnd().split("\r\n")).toHaveLength(nodes + 1);

  const saved = await readFile(
    (await save(page, "The log, an event a line (NDJSON)", info)).file,
    "utf8",
  );
  expect(
    saved
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(log);
});

test("a run saved as a page opens from the disk, with everything in it and no network", async ({
  page,
  server,
  browser,
}, info) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  await expect(twin(page).getByRole("treeitem").first()).toBeAttached();
  const nodes = await twin(page).getByRole("treeitem").count();
  const { name, file } = await save(page, "The run as a page of its own (HTML)", info);
  expect(name).toMatch(/\.html$/);
  expect((await readFile(file)).length).toBeLessThan(1_100_000);

  const alone = await browser.newPage();
  const incidents = await watch(alone, "file://");
  await alone.goto(`file://${file}`);
  await expect(status(alone)).toHaveText("finished");
  await toTheEnd(alone);
  await expect(twin(alone).getByRole("treeitem")).toHaveCount(nodes);
  await expect(alone.getByRole("button", { name: "Run", exact: true })).toHaveCount(0);
  await twin(alone).focus();
  await alone.keyboard.press("ArrowRight");
  await alone.keyboard.press("ArrowRight");
  await expect(nodePanel(alone)).toContainText("node 1");
  await alone.keyboard.press("[");
  await expect(alone).toHaveURL(/at=/);
  await alone.reload();
  await expect(nodePanel(alone)).toContainText("node 1");
  expect(incidents.filter((text) => !text.startsWith("request: file:"))).toEqual([]);
  await alone.close();
});

test("a comparison saved as a page opens from the disk as it was looked at", async ({
  page,
  server,
  browser,
}, info) => {
  const a = await finishedRun(server);
  const b = await finishedRun(server, { strategy: { name: "majority", n: 4 }, verifier: null });
  await page.goto(`/?page=compare&runs=${a.id}.${b.id}&as=merged`);
  await expect(page.getByRole("tree").getByRole("treeitem").first()).toBeAttached();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a page" }).click();
  const file = info.outputPath("comparison.html");
  await (await coming).saveAs(file);

  const alone = await browser.newPage();
  const incidents = await watch(alone, "file://");
  await alone.goto(`file://${file}`);
  const tree = alone.getByRole("tree", { name: "Merged tree of A, B" });
  await expect(tree.getByRole("treeitem").first()).toBeAttached();
  await alone.getByRole("group", { name: "Trees" }).getByText("Side by side").click();
  await expect(alone.getByRole("region", { name: /^B: Majority of 4/ })).toContainText("finished");
  await expect(alone.getByRole("button", { name: "Save as a page" })).toHaveCount(0);
  expect(incidents.filter((text) => !text.startsWith("request: file:"))).toEqual([]);
  await alone.close();
});

test("on paper a run is its picture and what is said of it, and nothing to press", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}&node=1`);
  await expect(status(page)).toHaveText("finished");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("region", { name: "New run" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeHidden();
  await expect(nodePanel(page)).toBeVisible();
  const paper = page.viewportSize()!.width;
  await expect
    .poll(async () => (await page.locator(".tree-canvas").boundingBox())!.width)
    .toBeGreaterThan(0.95 * paper);
  const pdf = await page.pdf({ format: "A4", printBackground: true });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
});

test("on paper a comparison is its pictures and what is said of them, light in a dark theme too", async ({
  page,
  server,
}) => {
  const a = await finishedRun(server);
  const b = await finishedRun(server, { strategy: { name: "majority", n: 4 }, verifier: null });
  await page.emulateMedia({ colorScheme: "dark" });
  for (const as of ["beside", "merged"]) {
    await page.goto(`/?page=compare&runs=${a.id}.${b.id}&as=${as}`);
    await expect(page.getByRole("treeitem").first()).toBeAttached();
    await expect.poll(() => paperOf(page)).toBeLessThan(150);
    // A browser prints what is there when the event has been dispatched.
    expect(await paperOf(page, "beforeprint")).toBeGreaterThan(650);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await expect.poll(() => paperOf(page)).toBeLessThan(150);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect.poll(() => paperOf(page)).toBeGreaterThan(650);
    await expect(page.getByRole("region", { name: "Comparison", exact: true })).toBeHidden();
    await expect(page.getByText("Select a step")).toHaveCount(2);
    await expect(page.getByText("Select a step").first()).toBeHidden();
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
  }
});

/** How bright the paper is that a tree is drawn on, as the sum of its three colours; right after an event, if one is given. */
function paperOf(page: Page, event?: string): Promise<number> {
  const tree = page.locator(".tree-canvas").first();
  return tree.evaluate((element, type) => {
    if (type !== undefined) dispatchEvent(new Event(type));
    const reader = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
    // The strip of headers has paper of its own.
    reader.drawImage(element as HTMLCanvasElement, -2, -2);
    const [red = 0, green = 0, blue = 0] = reader.getImageData(0, 0, 1, 1).data;
    return red + green + blue;
  }, event);
}

test("the playback is saved as a video that plays", async ({ page, server, browser }, info) => {
  const { id } = await finishedRun(server, { strategy: { name: "greedy" } });
  await page.goto(`/?run=${id}`);
  await toTheEnd(page);
  const { name, file } = await save(page, "The playback as a video", info);
  expect(name).toMatch(/^sentei-.*\.(webm|mp4)$/);
  await expect(status(page)).toHaveText("finished");

  const type = name.endsWith("mp4") ? "video/mp4" : "video/webm";
  const data = `data:${type};base64,${(await readFile(file)).toString("base64")}`;
  const reader = await browser.newPage();
  const seen = await reader.evaluate(async (src) => {
    const video = Object.assign(document.createElement("video"), { src, muted: true });
    await video.play();
    await new Promise((resolve) => video.addEventListener("ended", resolve));
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext("2d")!;
    context.drawImage(video, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height);
    const brightness = (at: number) => pixels[at]! + pixels[at + 1]! + pixels[at + 2]!;
    let dark = 0;
    for (let at = 0; at < pixels.length; at += 4) if (brightness(at) < 500) dark++;
    return { seconds: video.currentTime, dark: dark / (pixels.length / 4), corner: brightness(0) };
  }, data);
  await reader.close();
  expect(seen.seconds).toBeGreaterThan(1);
  // Paper with a tree on it, and not a black picture.
  expect(seen.corner).toBeGreaterThan(650);
  expect(seen.dark).toBeGreaterThan(0.0005);
  expect(seen.dark).toBeLessThan(0.3);
});
