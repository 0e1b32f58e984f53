import { expect, type Page } from "@playwright/test";
import { moment, nodePanel, status } from "./page-parts.ts";
import { finishedRun, post, readLog, startRun } from "./run-api.ts";
import { SERVER_GONE, test } from "./server-fixture.ts";

test.use({ excused: SERVER_GONE, contextOptions: { reducedMotion: "reduce" } });

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];

for (const viewport of SIZES) {
  const { width, height } = viewport;
  test.describe(() => {
    test.use({ viewport });

    /** Pictures for people to look at, in `test-results/pictures`, and what a program can say of them. */
    test(`every state fits a window of ${width} by ${height}, light and dark`, async ({
      page,
      server,
    }) => {
      const paused = await startRun(server, { paused: true });
      for (const rounds of [1, 2]) {
        await post(server, `/api/runs/${paused.id}/commands`, { command: "step", to: "round" });
        const held = async () =>
          (await readLog(server, paused.id)).filter(({ type }) => type === "pruned").length;
        await expect.poll(held).toBeGreaterThanOrEqual(rounds);
      }
      const best = await finishedRun(server, { strategy: { name: "bestOfN" }, seed: 6 });
      const { id, log } = await finishedRun(server, {
        ...{ problem: "(9+6)*(8-3)-4*7", policy: "sentei-s", verifier: "sentei-prm" },
      });
      const pruned = log.flatMap((event) => (event.type === "pruned" ? event.nodes : []));
      const { node } = pruned.find(({ reason }) => reason === "not_top_k")!;

      await page.goto("/");
      await expect(page.getByRole("button", { name: "Run an example" })).toBeEnabled();
      await takePictures(page, "empty");

      await page.goto(`/?run=${paused.id}`);
      await expect(status(page)).toContainText("paused at the source");
      await takePictures(page, "mid-run");

      await page.goto(`/?run=${id}`);
      await expect(status(page)).toHaveText("finished");
      await takePictures(page, "finished");

      await page.goto(`/?run=${id}&node=${node}`);
      await expect(moment(page)).toHaveText(/^event (\S+) of \1 /);
      await onTab(page, /^Node \d/);
      await expect(nodePanel(page)).toContainText(`node ${node}`);
      await takePictures(page, "node");

      await page.goto(`/?run=${best.id}`);
      await expect(status(page)).toHaveText("finished");
      await takePictures(page, "best-of-16");

      await page.goto("/");
      await onTab(page, "Runs");
      await page.getByRole("textbox", { name: "Problem" }).fill("(9+6*(8-3)");
      await expect(page.getByText("is never closed")).toBeVisible();
      await takePictures(page, "error");

      await page.goto(`/?run=${paused.id}`);
      await expect(status(page)).toContainText("paused at the source");
      await server.kill();
      await expect(status(page)).toContainText("connection lost");
      await takePictures(page, "lost");
    });
  });
}

/** On a narrow page, shows this part of it. */
async function onTab(page: Page, name: string | RegExp): Promise<void> {
  const tab = page.getByRole("navigation").getByRole("button", { name });
  if (await tab.isVisible()) await tab.click();
}

async function takePictures(page: Page, state: string): Promise<void> {
  await expectToFit(page, state);
  const { width } = page.viewportSize()!;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await stillness(page);
    const folder = `${test.info().project.outputDir}/pictures`;
    await page.screenshot({ path: `${folder}/${state}-${colorScheme}-${width}.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** The page never scrolls sideways, and in the bar at the top nothing is cut off or stands on something else. */
async function expectToFit(page: Page, state: string): Promise<void> {
  const { overflow, outside, overlaps } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const boxes = [...document.querySelectorAll("header h1, header p, header button")]
      .filter((element) => element.checkVisibility() && element.closest(".top-bar"))
      .filter((element) => element.parentElement?.closest("h1, p, button") === null)
      .map((element) => ({ text: element.textContent, box: element.getBoundingClientRect() }));
    const meets = (a: DOMRect, b: DOMRect) =>
      a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const overlaps = boxes.flatMap((a, i) =>
      boxes.slice(i + 1).flatMap((b) => (meets(a.box, b.box) ? [`${a.text} / ${b.text}`] : [])),
    );
    const outside = boxes.filter(({ box }) => box.left < 0 || box.right > clientWidth);
    return {
      overflow: scrollWidth - clientWidth,
      outside: outside.map(({ text }) => text),
      overlaps,
    };
  });
  expect(outside, state).toEqual([]);
  expect(overflow, state).toBeLessThanOrEqual(0);
  expect(overlaps, state).toEqual([]);
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
