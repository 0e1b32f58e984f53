import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import { type MadeRun, openMadeRun, TRIANGLE } from "./made-run.ts";
import { nodePanel } from "./page-parts.ts";
import { test } from "./server-fixture.ts";

const nest = (begin: string, depth: number, end: string) =>
  `$${begin.repeat(depth)}x${end.repeat(depth)}$`;

/** Formulas that have frozen pages or reached out of their place, each in a step of its own. */
const BOMBS = [
  `$\\def\\a{${"x*".repeat(900)}}${"\\a".repeat(50)}$`,
  "$\\newcommand{\\b}{\\b\\b}\\b$",
  nest("\\frac{1}{", 500, "}"),
  nest("\\frac{1}{", 24, "}"),
  nest("{", 5_000, "}"),
  `$${"^".repeat(5_000)}${"_".repeat(5_000)}$`,
  nest("x^{", 24, "}"),
  nest("\\widehat{", 24, "}^1_2"),
  nest("\\underbrace{", 12, "}_{y}"),
  nest("\\left(", 24, "\\right)"),
  nest("\\raisebox{12em}{", 8, "}"),
  "$\\rule{10000em}{10000em}$",
  "$\\kern-9999em x$",
  `$${"\\kern-12em ".repeat(100)}x$`,
  `$${"\\kern 12em ".repeat(100)}x$`,
  "$\\phantom{\\rule{100000em}{100000em}}$",
  `$\\begin{matrix}${"&".repeat(10_000)}\\end{matrix}$`,
  `$\\begin{matrix}${"x&".repeat(300)}\\end{matrix}$`,
  `$\\begin{matrix}${"x\\\\".repeat(25)}\\end{matrix}$`,
  "$\\href{javascript:alert(1)}{x}$",
  "$\\includegraphics{https://example.com/a.png}$",
  "$\\htmlStyle{position:fixed;inset:0}{x}$",
  "$\\color{white}\\colorbox{black}{x}$",
  `$${"\u0351\u0302\u0330".repeat(300)}$`,
  "$x\u202ey$",
  `$${"x".repeat(1_990)}$`,
  `$${"1+".repeat(250)}1$`,
  "$x$ ".repeat(400),
  "$".repeat(1_990),
];

test("formulas are set as mathematics, prices stay prices, and Raw shows what was written", async ({
  page,
}) => {
  await openMadeRun(page, TRIANGLE, "&node=10");
  const panel = nodePanel(page);
  await expect(panel.locator("math").first()).toBeAttached();
  // Only what is in view is set.
  for (const formula of await panel.locator(".formula").all()) {
    await formula.scrollIntoViewIfNeeded();
    await expect(formula).toHaveClass(/\bset\b/);
  }
  await expect(panel).toContainText("It cost $5 a metre.");
  expect(await page.evaluate(() => document.fonts.check("16px KaTeX_Main"))).toBe(true);
  await panel.getByRole("button", { name: "Raw" }).click();
  await expect(panel.locator(".formula")).toHaveCount(0);
  await expect(panel).toContainText("\\sqrt{a^2+(a+1)^2}$.");
  await panel.getByRole("button", { name: "Raw" }).click();
  await expect(panel.locator("math").first()).toBeAttached();
});

test("no bomb blocks the page, nothing leaves its place, and what is refused is shown as it is", async ({
  page,
  browser,
}) => {
  await openMadeRun(page, chainOf(BOMBS));
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  const formulas = await readThrough(page);
  const longestMs = longestTaskOf((await browser.stopTracing()).toString());
  expect(formulas).toBeGreaterThan(8);
  expect(longestMs).toBeGreaterThan(0);
  expect(longestMs).toBeLessThan(100);
  await expect(page.locator(".read .formula:not(.set, .refused)")).toHaveCount(0);
  await expectInPlace(page);
  const refused = page.locator(".read .formula.refused");
  expect(await refused.count()).toBeGreaterThan(10);
  for (const formula of await refused.all()) {
    await expect(formula).toHaveAttribute("title", /^Not set as mathematics: \S/);
    await expect(formula).toContainText("$");
  }
  await expect(page.locator(".read").getByText("Not set as")).toHaveCount(0);
});

/**
 * The longest time that the main thread of a page worked without a pause, ms, from
 * Chromium's trace: by the clock of the thread, since the machine may have others to
 * work for.
 */
function longestTaskOf(trace: string): number {
  const { traceEvents } = Trace.parse(JSON.parse(trace));
  const isMain = new Set<string>();
  for (const { name, pid, tid, args } of traceEvents) {
    if (name === "thread_name" && args?.["name"] === "CrRendererMain") isMain.add(`${pid} ${tid}`);
  }
  const tasks = traceEvents.filter(({ pid, tid }) => isMain.has(`${pid} ${tid}`));
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

const Trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** µs of the thread. */
      tdur: z.number().optional(),
      args: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

/**
 * Opens a run for reading and reads it from top to bottom, half a screen at a time.
 * Resolves to the number of different formulas that were put into the page.
 */
async function readThrough(page: Page): Promise<number> {
  const button = page.getByRole("button", { name: "Read", exact: true });
  return button.evaluate(async (read: HTMLElement) => {
    const frame = () => new Promise(requestAnimationFrame);
    read.click();
    while (document.querySelector(".solution") === null) await frame();
    const region = document.querySelector(".read")!;
    for (let top = 0; top < region.scrollHeight; top += region.clientHeight / 2) {
      region.scrollTo(0, top);
      for (let i = 0; i < 10; i++) await frame();
    }
    // Formulas are set off the page; these are the last answers.
    const ends = performance.now() + 10_000;
    while (performance.now() < ends) {
      await frame();
      const waiting = region.querySelectorAll(".formula:not(.set, .refused)");
      if (waiting.length === 0) break;
    }
    await frame();
    await frame();
    return performance.getEntriesByName("formula").length;
  });
}

/** Nothing is painted outside of its step, nothing acts, and no step is higher than some screens. */
async function expectInPlace(page: Page): Promise<void> {
  const found = await page.locator(".read").evaluate((read) => {
    const column = read.querySelector(".solution")!.getBoundingClientRect();
    const texts = [...read.querySelectorAll(".math-text")].map((text) => {
      const { left, right, height } = text.getBoundingClientRect();
      const isClipped = getComputedStyle(text).contain.includes("paint");
      return isClipped && left >= column.left && right <= column.right && height < 3_000;
    });
    const { scrollWidth, clientWidth } = document.documentElement;
    return {
      texts: texts.length,
      outside: texts.filter((isInside) => !isInside).length,
      acting: read.querySelectorAll("a, img, script, style, iframe, link").length,
      overflow: scrollWidth - clientWidth + read.scrollWidth - read.clientWidth,
    };
  });
  expect(found).toMatchObject({ outside: 0, acting: 0, overflow: 0 });
  expect(found.texts).toBeGreaterThan(20);
}

function chainOf(steps: readonly string[]): MadeRun {
  return { problem: "x", rounds: steps.map((step, i) => [{ parent: i, step }]) };
}
