import { type BrowserServer, chromium, type Page } from "@playwright/test";
import { chromiumOptions } from "../../scripts/open-chromium.ts";
import { ThreadClock } from "./thread-clock.ts";

/** The view in which everything is drawn, CSS px. */
const VIEWPORT = { width: 1280, height: 720 };

/** What a page did is of no use: it took longer than it may, or shows nothing. The message says so. */
export class Useless extends Error {}

/** A fresh Chromium with one page in it. */
export class BenchBrowser implements AsyncDisposable {
  readonly page: Page;
  readonly clock: ThreadClock;
  readonly version: string;
  readonly #server: BrowserServer;

  private constructor(server: BrowserServer, page: Page) {
    this.#server = server;
    this.page = page;
    this.version = page.context().browser()!.version();
    this.clock = new ThreadClock(server.process().pid!);
  }

  static async open(url: string): Promise<BenchBrowser> {
    const options = chromiumOptions();
    const server = await chromium.launchServer({
      ...options,
      // `gc()`, so that no cell pays for the garbage of making its tree; room for those who need much.
      args: [...options.args, "--js-flags=--expose-gc --max-old-space-size=8192"],
    });
    const browser = await chromium.connect(server.wsEndpoint());
    const context = await browser.newContext({
      viewport: VIEWPORT,
      colorScheme: "light",
      // Nobody animates on the way to what is measured.
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`  in the page: ${error.message}`));
    await page.goto(url);
    await page.waitForFunction(() => window.bench !== undefined);
    return new BenchBrowser(server, page);
  }

  /** The same promise, but given up after `ms`: throws `Useless`. A page that hangs says nothing. */
  async within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
    const gaveUp = Promise.withResolvers<never>();
    const timer = setTimeout(() => gaveUp.reject(new Useless(`no ${what} in ${ms / 1000} s`)), ms);
    // The page is closed under it in the end.
    work.catch(() => {});
    try {
      return await Promise.race([work, gaveUp.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Kills it: a page that hangs would not let itself be closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.kill();
  }
}
