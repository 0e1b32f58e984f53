import { existsSync, readdirSync, statSync } from "node:fs";
import { enableCompileCache } from "node:module";
import path from "node:path";

/** `npm start`: builds the app if it is not built or older than its sources, then serves it. */
const ROOT = path.join(import.meta.dirname, "..");
const SOURCES = ["src", "public", "index.html", "vite.config.ts", "package-lock.json"];
/** Written by every build, whoever runs it. */
const BUILT = path.join(ROOT, "dist/index.html");

/** When the newest of the files below was changed, ms; a folder changes when a file in it comes or goes. */
function newestIn(source: string): number {
  const top = path.join(ROOT, source);
  const stats = statSync(top);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const below = readdirSync(top, { recursive: true, encoding: "utf8" });
  return below.reduce(
    (newest, file) => Math.max(newest, statSync(path.join(top, file)).mtimeMs),
    stats.mtimeMs,
  );
}

const isBuilt = existsSync(BUILT) && statSync(BUILT).mtimeMs >= Math.max(...SOURCES.map(newestIn));
if (!isBuilt && process.env["SENTEI_DIST"] === undefined) {
  console.error("Building the app ...");
  const { build } = await import("vite");
  await build({ root: ROOT, logLevel: "warn" });
}
// Halves the work of a start that is not the first.
enableCompileCache(path.join(ROOT, "node_modules/.cache/compile"));
await import("../src/server/main.ts");
