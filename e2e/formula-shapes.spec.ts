import { readFile } from "node:fs/promises";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { type MadeRun, openMadeRun, TRIANGLE } from "./made-run.ts";
import { canvas } from "./page-parts.ts";
import { type Likeness, likeness } from "./same-ink.ts";
import { save } from "./save-menu.ts";
import { test } from "./server-fixture.ts";

/** A formula of each kind that KaTeX draws in a way of its own: letters, rules, borders, paths, strokes. */
const KNOWN = [
  "\\frac{a+b}{2c}",
  "\\sqrt[3]{x^2+1}",
  "\\displaystyle\\sum_{i=1}^{n}i^2",
  "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
  "\\left[\\begin{array}{c|c}a&b\\\\\\hline c&d\\end{array}\\right]",
  "\\overline{AB}+\\underline{x}",
  "\\widehat{ABC}+\\overrightarrow{CD}",
  "\\underbrace{1+2}_{3}",
  "\\cancel{3}",
  "\\xcancel{z}+\\sout{ab}",
  "\\boxed{42}",
];

const FORMULAS: MadeRun = {
  problem: "Formulas",
  rounds: [KNOWN.map((tex) => ({ parent: 0, step: `$${tex}$`, score: 0.5 }))],
};

/** What else a card or a header says. */
const WORDS = /^(Formulas|Problem|Step 1|kept|0\.50|Round 1|\d+ of \d+ kept)$/;

/** What would be fetched from elsewhere, would act, or is not drawn by every program. */
const FOREIGN =
  /<(script|image|foreignObject|style|link)|@font-face|@import|href="(?!#)|src=|url\((?!#)/i;

// Near enough for cards.
const NEAR = "&x=1&y=0&k=1x150";
const TALL = { width: 1280, height: 1760 };

for (const colorScheme of ["light", "dark"] as const) {
  test(`Q4: in a saved picture the ink of a formula is that of the screen, without fonts, ${colorScheme}`, async ({
    page,
    browser,
  }, info) => {
    await page.setViewportSize(TALL);
    await page.emulateMedia({ colorScheme });
    await openMadeRun(page, FORMULAS, NEAR);
    const formulas = page.locator(".card .formula.set");
    await expect(formulas).toHaveCount(KNOWN.length);
    const svg = await readFile((await save(page, "What is in view as SVG", info)).file, "utf8");
    expect(svg).not.toMatch(FOREIGN);
    const { reader, said, paths } = await openAlone(browser, svg);
    expect(said.filter((text) => !WORDS.test(text))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
    for (const formula of await formulas.all()) {
      const { ink, shared, ratio, shift } = await compare(page, reader, formula);
      const tex = await formula.locator("annotation").textContent();
      expect(ink, tex!).toBeGreaterThan(10);
      expect(Math.max(...shift.map(Math.abs)), tex!).toBeLessThan(2);
      // Letters of a screen are a little darker than shapes, and in whole pixels.
      expect(shared, tex!).toBeGreaterThan(0.67);
      expect(ratio, tex!).toBeGreaterThan(0.83);
      expect(ratio, tex!).toBeLessThan(1.15);
    }
    await reader.context().close();
  });
}

test("a whole tree with formulas is saved in cards that show them, as shapes and as pixels alike", async ({
  page,
  browser,
}, info) => {
  await openMadeRun(page, TRIANGLE);
  await expect(page.getByRole("treeitem").first()).toBeAttached();
  const svg = await readFile((await save(page, "The whole tree as SVG", info)).file, "utf8");
  const png = await readFile((await save(page, "The whole tree as PNG (4k)", info)).file);
  expect(svg).not.toMatch(FOREIGN);
  const { reader, said } = await openAlone(browser, svg);
  expect(said.filter((text) => /[\\$](?!5)/.test(text))).toEqual([]);
  // Every step of it: 13 roots, fractions and boxes, and their letters.
  expect(await reader.locator("use").count()).toBeGreaterThan(150);

  expect(png.readUInt32BE(16)).toBe(3840);
  const { width, height } = (await reader.locator("svg").boundingBox())!;
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  await reader.setViewportSize(size);
  const shapes = await reader.screenshot();
  await reader.setContent(
    `<style>body{margin:0}img{width:${width}px;height:${height}px}</style><img src="data:image/png;base64,${png.toString("base64")}">`,
  );
  await expect(reader.locator("img")).toHaveJSProperty("complete", true);
  const { shared, ratio } = await likeness(reader, shapes, await reader.screenshot(), 1);
  expect(shared).toBeGreaterThan(0.75);
  expect(ratio).toBeGreaterThan(0.9);
  expect(ratio).toBeLessThan(1.1);
  await reader.context().close();
});

test("what no font of KaTeX has is left to the fonts of the reader, and is not lost", async ({
  page,
  browser,
}, info) => {
  const step = "$\\text{面積} = \\text{€}5$.";
  await openMadeRun(page, { problem: "Area", rounds: [[{ parent: 0, step, score: 0.5 }]] }, NEAR);
  await expect(page.locator(".card .formula.set")).toHaveCount(1);
  const svg = await readFile((await save(page, "What is in view as SVG", info)).file, "utf8");
  const { reader, said } = await openAlone(browser, svg);
  expect(said).toEqual(expect.arrayContaining(["面積", "€", "."]));
  await reader.context().close();
});

/** Shows a picture where there are no fonts but those of the machine, and no network; what it says in letters, and its shapes. */
async function openAlone(browser: Browser, svg: string) {
  const context = await browser.newContext({ offline: true, viewport: TALL });
  const reader = await context.newPage();
  await reader.setContent(`<style>body { margin: 0 }</style>${svg}`);
  const found = await reader.evaluate(() => ({
    fonts: document.fonts.size,
    said: [...document.querySelectorAll("svg text")].map(({ textContent }) => textContent ?? ""),
    paths: [...document.querySelectorAll("svg defs path")].map((path) => path.getAttribute("d")),
    lost: [...document.querySelectorAll("svg use")].filter(
      (use) => document.querySelector(use.getAttribute("xlink:href")!) === null,
    ).length,
  }));
  expect(found.fonts).toBe(0);
  expect(found.lost).toBe(0);
  return { reader, ...found };
}

/** A formula on the screen and at the same place of the picture. */
async function compare(page: Page, reader: Page, formula: Locator): Promise<Likeness> {
  const { x, y } = (await canvas(page).boundingBox())!;
  const box = (await formula.locator(".katex-html").boundingBox())!;
  const margin = 6;
  const size = {
    width: Math.ceil(box.width) + 2 * margin,
    height: Math.ceil(box.height) + 2 * margin,
  };
  const corner = { x: Math.floor(box.x) - margin, y: Math.floor(box.y) - margin };
  const screen = await page.screenshot({ clip: { ...corner, ...size } });
  const clip = { x: corner.x - x, y: corner.y - y, ...size };
  return likeness(page, screen, await reader.screenshot({ clip }));
}
