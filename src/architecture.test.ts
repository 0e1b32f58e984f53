import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** What each folder of `src/` may import, besides itself. ARCHITECTURE.md says why. */
const ALLOWED: Record<string, readonly string[]> = {
  lib: [],
  files: ["node:"],
  threads: ["node:"],
  protocol: ["lib", "zod"],
  problems: ["lib", "protocol"],
  search: ["lib", "protocol", "problems"],
  models: ["lib", "protocol", "problems", "search", "zod"],
  runs: ["lib", "protocol", "problems", "search", "models", "zod"],
  browser: ["lib", "protocol", "problems", "search", "models", "runs", "zod"],
  evaluation: ["lib", "threads", "protocol", "problems", "search", "models", "runs"],
  training: ["lib", "files", "threads", "protocol", "problems", "search", "models", "zod", "node:"],
  server: [
    "lib",
    "files",
    "threads",
    "protocol",
    "problems",
    "search",
    "models",
    "runs",
    "evaluation",
    "zod",
    "node:",
    "fastify",
    "@fastify/",
    "kysely",
  ],
  app: [
    "lib",
    "protocol",
    "problems",
    "evaluation/analysis/",
    "react",
    "zustand",
    "@tanstack/",
    "d3",
    "@observablehq/plot",
    "katex",
    "opentype.js",
    "zod",
  ],
};

/** Files that may import more than their folder, on purpose. */
const EXCEPTIONS: Record<string, readonly string[]> = {
  // The app without a server: it starts the worker and speaks its language, and knows no more of it.
  "app/backend/local-backend.ts": ["browser/browser-worker.ts?worker&url", "browser/messages.ts"],
};

/** Words that make a result depend on more than its arguments. */
const IMPURE = /\b(Math\.random|Date\.now|performance\.now|new Date\(\)|fetch\(|setTimeout)/;
const PURE_FOLDERS = ["lib/", "protocol/", "problems/", "search/", "evaluation/analysis/"];

const SRC = import.meta.dirname;
/** Tests, what only tests use (`random-*`: made for fast-check; `fake-*`), and the kernel, which is AssemblyScript. */
const NOT_PRODUCT = /\.test\.tsx?$|\/(?:random|fake)-[^/]*$|\/kernel\//;
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/.test(file) && !NOT_PRODUCT.test(file),
);

test.each(files)("%s imports only what its folder may", (file) => {
  const [folder = ""] = file.split(path.sep);
  const source = readFileSync(path.join(SRC, file), "utf8");
  const targets = [...source.matchAll(/(?:from\s+|import\s*\(?\s*)"([^"\n]+)"/g)].map(
    ([, to = ""]) =>
      to.startsWith(".") ? path.relative(SRC, path.join(SRC, path.dirname(file), to)) : to,
  );
  const extra = EXCEPTIONS[file.split(path.sep).join("/")] ?? [];
  const allowed = [folder, ...(ALLOWED[folder] ?? []), ...extra];
  expect(targets.filter((to) => !allowed.some((prefix) => to.startsWith(prefix)))).toEqual([]);
});

const isPure = (file: string) =>
  PURE_FOLDERS.some((folder) => file.split(path.sep).join("/").startsWith(folder));

test.each(files.filter(isPure))("%s is pure: no clock, no chance, no network", (file) => {
  expect(readFileSync(path.join(SRC, file), "utf8")).not.toMatch(IMPURE);
});
