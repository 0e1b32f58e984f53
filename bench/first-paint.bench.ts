import type { Browser } from "@playwright/test";
import { ServerProcess } from "../e2e/server-process.ts";
import { openChromium } from "../scripts/open-chromium.ts";

const REPETITIONS = 10;

declare global {
  interface Window {
    /** Clock time at which the first step stood on the screen, ms. */
    paintedAt?: number;
  }
}

/**
 * Time from pressing Run to the first step of the tree on the screen, in
 * Chromium, with the real server and the embedded models: the median of ten
 * pages that are each loaded afresh.
 */
export async function run(_args: string[]): Promise<void> {
  const server = await ServerProcess.start({ entry: "start" });
  const browser = await openChromium();
  try {
    const times: number[] = [];
    for (let i = 0; i < REPETITIONS; i++) {
      times.push(await timeToFirstStep(browser, { url: server.url, seed: i }));
      console.log(`seed ${i}: ${times[i]} ms`);
    }
    const sorted = times.toSorted((a, b) => a - b);
    const medianMs = (sorted[REPETITIONS / 2 - 1]! + sorted[REPETITIONS / 2]!) / 2;
    console.log(
      JSON.stringify({
        bench: "first-paint",
        medianMs,
        minMs: sorted[0],
        maxMs: sorted.at(-1),
        n: REPETITIONS,
      }),
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function timeToFirstStep(
  browser: Browser,
  { url, seed }: { url: string; seed: number },
): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(noteFirstStep);
  await page.goto(url);
  await page.getByRole("spinbutton", { name: "Seed" }).fill(String(seed));
  const run = page.getByRole("button", { name: "Run", exact: true });
  const pressedAt = await run.evaluate((button: HTMLButtonElement) => {
    const now = performance.now();
    button.click();
    return now;
  });
  await page.waitForFunction(() => window.paintedAt !== undefined);
  const paintedAt = await page.evaluate(() => window.paintedAt!);
  await page.close();
  return Math.round(paintedAt - pressedAt);
}

/** Runs in the page: waits for words beside a mark that are not the problem's, and for the frame that shows them. */
function noteFirstStep(): void {
  const { prototype } = CanvasRenderingContext2D;
  const { fillText } = prototype;
  const headerPx = 60;
  prototype.fillText = function (this: CanvasRenderingContext2D, text, x, y, ...room) {
    fillText.call(this, text, x, y, ...room);
    const problem = document.querySelector("textarea")?.value ?? "";
    const isStep = y > headerPx && !problem.startsWith(text.replace("…", ""));
    if (window.paintedAt !== undefined || !isStep) return;
    prototype.fillText = fillText;
    requestAnimationFrame((time) => {
      window.paintedAt = time;
    });
  };
}
