import { mkdirSync } from "node:fs";
import path from "node:path";
import { readLog, startRun } from "../e2e/run-api.ts";
import { ServerProcess } from "../e2e/server-process.ts";
import type { NodeId, RunEvent } from "../src/protocol/events.ts";
import { foldLog } from "../src/protocol/tree.ts";
import { openChromium } from "./open-chromium.ts";

/** `npm run screenshot`: a beam search of the embedded models, in light and dark, for the README. */
const SPEC = {
  problem: "2*7*(20-13)+1",
  seed: 0,
  policy: "sentei-s",
  verifier: "sentei-prm",
};
const DOCS = path.join(import.meta.dirname, "../docs");

mkdirSync(DOCS, { recursive: true });
const server = await ServerProcess.start({ entry: "start" });
const browser = await openChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.emulateMedia({ reducedMotion: "reduce" });
  const { id } = await startRun(server, SPEC);
  await page.goto(`${server.url}/?run=${id}`);
  await page.getByRole("banner").getByText("finished").waitFor();
  await page.goto(`${server.url}/?run=${id}&node=${beatenSibling(await readLog(server, id))}`);
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

/** The deepest step that stood beside one of the selected path and was not among the best. */
function beatenSibling(log: readonly RunEvent[]): NodeId {
  const tree = foldLog(log);
  const path = tree.selectedAt()?.path ?? [];
  const beaten = log
    .flatMap((event) => (event.type === "pruned" ? event.nodes : []))
    .findLast(({ node, reason }) => reason === "not_top_k" && path.includes(tree.parent[node]!));
  if (beaten === undefined) throw new Error("nothing was beaten; take another seed");
  return beaten.node;
}
