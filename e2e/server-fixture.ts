import { test as base, expect, type Page } from "@playwright/test";
import { ServerProcess } from "./server-process.ts";

interface Fixtures {
  /** A server for this test alone. */
  server: ServerProcess;
  /** Complaints of the browser that this test provokes on purpose. */
  excused: RegExp | null;
}

/**
 * Every test has a real server of its own, with an empty store, and a page that
 * must stay clean: no request to elsewhere, no error in the console, no
 * violation of the content security policy, no dialog, no second window.
 */
export const test = base.extend<Fixtures>({
  excused: [null, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs
  server: async ({}, use) => {
    const server = await ServerProcess.start();
    await use(server);
    await server.stop();
    expect(server.errors, "the server complained").toBe("");
  },
  baseURL: async ({ server }, use) => use(server.url),
  page: async ({ page, server, excused }, use) => {
    const incidents = await watch(page, server.url);
    await use(page);
    const unexpected = incidents.filter((text) => !excused?.test(text));
    expect(unexpected).toEqual([]);
  },
});

/** What the browser says about a server that is gone. */
export const SERVER_GONE = /net::ERR_(CONNECTION|SOCKET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED)/;

/** What the browser says about an answer with this status. */
export function answered(status: number): RegExp {
  return new RegExp(`the server responded with a status of ${status}`);
}

/** Notes whatever a page must not do, while it lives. */
export async function watch(page: Page, origin: string): Promise<string[]> {
  const incidents: string[] = [];
  const note = (what: string) => incidents.push(what);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => note(`exception: ${error.stack ?? error.message}`));
  page.on("dialog", async (dialog) => {
    note(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("popup", (popup) => note(`window: ${popup.url()}`));
  page.on("websocket", (socket) => note(`socket: ${socket.url()}`));
  page.on("crash", () => note("the page crashed"));
  page.context().on("request", (request) => {
    const url = new URL(request.url());
    const isHere = url.origin === origin || ["data:", "blob:", "about:"].includes(url.protocol);
    if (!isHere) note(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      reportError(new Error(`content security policy: ${violatedDirective} ${blockedURI}`));
    });
  });
  return incidents;
}
