import { expect, type Page } from "@playwright/test";
import { latinProse } from "./latin-prose.ts";
import { expectAccessible, expectToFit } from "./page-fit.ts";
import { finishedRun } from "./run-api.ts";
import { test } from "./server-fixture.ts";
import type { ServerProcess } from "./server-process.ts";

/** `SENTEI_PICTURES=1 npm run e2e -- language`: for people to look at. */
const WANTS_PICTURES = process.env["SENTEI_PICTURES"] !== undefined;

test.use({ locale: "ja-JP" });

test("a browser in Japanese is spoken to in Japanese, and English is one choice away, here and later", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}&node=1`);
  await expectJapanese(page);
  await page.getByRole("combobox", { name: "言語" }).selectOption("English");
  await expectEnglish(page);
  await page.reload();
  await expectEnglish(page);
  await page.getByRole("combobox", { name: "Language" }).selectOption("日本語");
  await expectJapanese(page);
});

test("commands are found by their Japanese names and by their English ones", async ({
  page,
  server,
}) => {
  const { id } = await finishedRun(server);
  await page.goto(`/?run=${id}`);
  await expect(page.getByRole("tree", { name: "探索木" })).toBeAttached();
  const first = page.getByRole("listbox", { name: "コマンド" }).getByRole("option").first();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "コマンド、ノード、イベント、実行" });
  for (const query of ["次の答え", "next answer"]) {
    await field.fill(query);
    await expect(first).toContainText("次の答え");
  }
  await field.fill("ノード 3");
  await expect(first).toContainText("ノード 3");
});

test("a word that is still being converted runs no command", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "コマンド" }).click();
  const field = page.getByRole("combobox", { name: "コマンド、ノード、イベント、実行" });
  await field.fill("次のページ");
  await field.dispatchEvent("keydown", { key: "Enter", isComposing: true });
  await expect(field).toBeVisible();
  await field.press("Enter");
  await expect(field).toBeHidden();
});

/** Where the app is looked over: how to get there from a finished run. */
const SIGHTS: readonly { name: string; show: (page: Page, run: string) => Promise<void> }[] = [
  { name: "the first page", show: (page) => goTo(page, "/", ".welcome .primary:enabled") },
  {
    name: "the form",
    async show(page) {
      await goTo(page, "/", ".welcome .primary:enabled");
      const tab = page.locator(".tabs button").first();
      if (await tab.isVisible()) await tab.click();
      await page.getByText("その他", { exact: true }).click();
      await page.locator(".problem-sets > summary").click();
      await expect(page.locator(".drop")).toBeVisible();
      await page.locator(".problem-text").fill("(9+6*(8-3)");
      await expect(page.locator(".problem-verdict .field-error")).toBeVisible();
    },
  },
  {
    name: "the keys",
    async show(page) {
      await goTo(page, "/", ".welcome .primary:enabled");
      await page.getByRole("button", { name: "キーとヘルプ" }).click();
      await expect(page.locator("dialog.help")).toBeVisible();
    },
  },
  ...["recipe", "compare", "evaluations", "models"].map((place) => ({
    name: place,
    show: (page: Page) => goTo(page, `/?page=${place}`, "main h2"),
  })),
  {
    name: "a comparison",
    async show(page, run) {
      await goTo(page, `/?page=compare&runs=${run}&pick=0-3`, ".compare-bar");
      await expect(page.locator(".answer-now").first()).toBeVisible();
      // On a narrow page, from behind the playhead.
      await page.locator(".compare-page").evaluate((main) => main.scrollTo(0, main.scrollHeight));
    },
  },
  {
    name: "a story",
    show: (page) => goTo(page, "/?story=prm.1", ".page-turner"),
  },
  {
    name: "steps by their titles",
    show: (page, run) => goTo(page, `/?run=${run}&titles=1&read=1`, ".step-title"),
  },
  ...["step", "lines", "similar", "round", "marks", "answers"].map((side) => ({
    name: `the side's ${side}`,
    async show(page: Page, run: string) {
      await page.evaluate((name) => localStorage.setItem("sentei.side", name), side);
      await goTo(page, `/?run=${run}&node=3`, "[role=tree]");
      const tab = page.locator(".tabs button").last();
      if (await tab.isVisible()) await tab.click();
      await page.locator(".budget summary").click();
      await expect(page.locator(".side-panel h2").first()).toBeVisible();
    },
  })),
  {
    name: "the commands",
    async show(page, run) {
      await goTo(page, `/?run=${run}&node=3`, "[role=tree]");
      await page.locator(".palette-button").click();
      await expect(page.locator(".palette-option").first()).toBeVisible();
    },
  },
  ...["adjust", "filter", "save"].map((icon) => ({
    name: `what ${icon} opens`,
    async show(page: Page, run: string) {
      await goTo(page, `/?run=${run}`, "[role=tree]");
      await page.locator(`.popover-button:has([data-icon=${icon}])`).click();
      await expect(page.locator(".popover:popover-open button").last()).toBeVisible();
    },
  })),
  {
    name: "a part of the tree, filtered and with a text found",
    show: (page, run) =>
      goTo(page, `/?run=${run}&top=1&find=9&scores=0.5-1&brush=10-20`, ".breadcrumbs"),
  },
  {
    name: "a solution",
    show: (page, run) => goTo(page, `/?run=${run}&read=1`, ".solution-end"),
  },
];

for (const size of [
  { viewport: { width: 1280, height: 800 } },
  { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
]) {
  const { width } = size.viewport;
  test.describe(() => {
    test.use({ ...size, contextOptions: { reducedMotion: "reduce" } });

    test(`no English is left on the pages, nothing is cut off, and axe has nothing to say, ${width} wide`, async ({
      page,
      server,
    }) => {
      test.setTimeout(240_000);
      const { id } = await finishedRun(server, { strategy: { name: "beam", n: 8 } });
      await page.goto("/");
      for (const { name, show } of SIGHTS) {
        await show(page, id);
        expect.soft(await page.evaluate(latinProse), name).toEqual([]);
        await expectToFit(page, name);
        await expectAccessible(page, name);
        if (WANTS_PICTURES) await keepPicture(page, `${name}-${width}`);
      }
    });
  });
}

test("a search without steps is told in Japanese as well", async ({ page, server }) => {
  const { id } = await tokenRun(server);
  await page.goto(`/?run=${id}&node=2`);
  await expect(page.locator(".token-choices")).toBeVisible();
  expect(await page.evaluate(latinProse)).toEqual([]);
});

function tokenRun(server: ServerProcess): Promise<{ id: string }> {
  return finishedRun(server, {
    ...{ policy: "sentei-s", verifier: null },
    strategy: { name: "tokenBeam" },
  });
}

/** For people to look at, in a folder that git ignores. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const file = `ja-${name.replaceAll(/[^\w]+/g, "-")}.png`;
  await page.screenshot({ path: `${test.info().project.outputDir}/pictures/${file}` });
}

async function goTo(page: Page, address: string, sign: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator(sign).first()).toBeAttached();
}

async function expectJapanese(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await expect(page.getByRole("region", { name: "ステップ 1" })).toContainText("ノード 1");
}

async function expectEnglish(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("region", { name: "Step 1" })).toContainText("node 1");
}
