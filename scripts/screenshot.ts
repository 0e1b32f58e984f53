import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { readLog, startRun } from "../e2e/run-api.ts";
import { ServerProcess } from "../e2e/server-process.ts";
import type { NodeId, RunEvent } from "../src/protocol/events.ts";
import { foldLog } from "../src/protocol/tree.ts";
import { openChromium } from "./open-chromium.ts";

/** `npm run screenshot`: a beam search of the embedded models, in light and dark, for the README. */
const SPEC = {
  problem: "(7+5)*9-14*3",
  policy: "sentei-s",
  verifier: "sentei-prm",
};
/** Seeds that are tried. */
const SEEDS = 10;
const DOCS = path.join(import.meta.dirname, "../docs");

mkdirSync(DOCS, { recursive: true });
const server = await ServerProcess.start({ entry: "start" });
const browser = await openChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(await beatenStep(page));
  await page.getByText(/^Not among the best/).waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const file = path.join(DOCS, `screenshot-${colorScheme}.png`);
    await page.screenshot({ path: file });
    console.log(file);
  }
} finally {
  await browser.close();
  await server.stop();
}

/** A link to a step that was beaten, in the run of the first seed that has one. */
async function beatenStep(page: Page): Promise<string> {
  for (let seed = 0; seed < SEEDS; seed++) {
    const { id } = await startRun(server, { ...SPEC, seed });
    await page.goto(`${server.url}/?run=${id}`);
    await page.getByRole("banner").getByText("finished").waitFor();
    const node = beatenSibling(await readLog(server, id));
    if (node !== null) return `${server.url}/?run=${id}&node=${node}`;
  }
  throw new Error(`nothing was beaten with ${SEEDS} seeds; take another problem`);
}

/** The deepest step that stood beside one of the selected path and was not among the best, where the answer is right. */
function beatenSibling(log: readonly RunEvent[]): NodeId | null {
  const tree = foldLog(log);
  const { path = [], correct } = tree.selectedAt() ?? {};
  if (correct !== true) return null;
  const beaten = log
    .flatMap((event) => (event.type === "pruned" ? event.nodes : []))
    .findLast(({ node, reason }) => reason === "not_top_k" && path.includes(tree.parent[node]!));
  return beaten?.node ?? null;
}
