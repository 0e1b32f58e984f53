import "../protocol/no-eval.ts";
import { memoryStore } from "../runs/memory-store.ts";
import { type RunStore, StoreError } from "../runs/run-store.ts";
import { breathe } from "./breathe.ts";
import { openBrowserModels } from "./browser-models.ts";
import { openIndexedStore } from "./indexed-store.ts";
import { LocalRuns } from "./local-runs.ts";
import type { PageMessage } from "./messages.ts";
import { PageLink } from "./page-link.ts";

/** The Web Worker that stands for the server where there is none. */
let link: PageLink | null = null;

addEventListener("message", ({ data }: MessageEvent<PageMessage>) => {
  if (data.kind === "open")
    link = new PageLink(openRuns(data.base), (message) => postMessage(message));
  else void link?.receive(data);
});

async function openRuns(base: string): Promise<LocalRuns> {
  const [store, host] = await Promise.all([
    openStore(),
    openBrowserModels(new URL("models/", base).href),
  ]);
  const producer = `sentei@${import.meta.env.SENTEI_VERSION}`;
  return new LocalRuns({ store, host, producer, breathe });
}

/** What the browser keeps; where it keeps nothing, as in some private windows, what lasts as long as the page. */
async function openStore(): Promise<RunStore> {
  try {
    return await openIndexedStore();
  } catch (error) {
    if (error instanceof StoreError || error instanceof DOMException) return memoryStore();
    throw error;
  }
}
