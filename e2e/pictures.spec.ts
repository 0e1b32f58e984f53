import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectToFit } from "./page-fit.ts";
import { finishedRun } from "./run-api.ts";
import { answered, SERVER_GONE, test } from "./server-fixture.ts";
import { EXAMPLE, RUN_STATES, TEXT_STATES, TREE_STATES } from "./states.ts";

const SIZES = [
  { viewport: { width: 1280, height: 800 } },
  { viewport: { width: 1920, height: 1080 } },
  { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
];
const THEMES = ["dark", "light"] as const;

const SUITES = [
  { about: "a run from its form to its end", states: RUN_STATES },
  { about: "a tree however it is looked at", states: TREE_STATES },
  { about: "what is told of a run in words", states: TEXT_STATES },
];

/** `SENTEI_PICTURES=1 npm run e2e -- pictures`: for people to look at. */
const WANTS_PICTURES = process.env["SENTEI_PICTURES"] !== undefined;

/** Colours are the same at every width, and at the largest nothing is as tight as at the others. */
function themesJudgedAt(width: number): readonly (typeof THEMES)[number][] {
  if (width === 1280) return THEMES;
  return width < 1280 ? ["light"] : [];
}

test.use({
  excused: new RegExp(`${SERVER_GONE.source}|${answered(404).source}`),
  contextOptions: { reducedMotion: "reduce" },
});

for (const size of SIZES) {
  const { width, height } = size.viewport;
  for (const { about, states } of SUITES) {
    test.describe(() => {
      test.use(size);

      test(`${about} fits ${width} by ${height}, light and dark`, async ({ page, server }) => {
        test.setTimeout(120_000);
        const run = await finishedRun(server, EXAMPLE);
        for (const { name, show, isPrinted } of states) {
          await test.step(name, async () => {
            await expect(await show({ page, server, run }), name).toBeVisible();
            await expectToFit(page, `${name} at ${width}`);
            if (WANTS_PICTURES) await takePictures(page, `${name}-${width}`);
            if (isPrinted) return;
            for (const colorScheme of themesJudgedAt(width)) {
              await page.emulateMedia({ colorScheme });
              await expectAccessible(page, `${name} at ${width}, ${colorScheme}`);
            }
          });
        }
      });
    });
  }
}

/** Pictures for people to look at, in a folder that git ignores. */
async function takePictures(page: Page, name: string): Promise<void> {
  const folder = `${test.info().project.outputDir}/pictures`;
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    await stillness(page);
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  }
}

/** Waits until what was changed last is painted and every colour is what it is going to be. */
async function stillness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const isPassing = (animation: Animation) =>
      animation instanceof CSSTransition && animation.playState === "running";
    for (let still = 0; still < 3; still++) {
      await new Promise(requestAnimationFrame);
      if (document.getAnimations().some(isPassing)) still = 0;
    }
  });
}
