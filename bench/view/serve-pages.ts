import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import react from "@vitejs/plugin-react";
import { build, type InlineConfig, preview } from "vite";

const PAGES = path.join(import.meta.dirname, "pages");

/** The page that draws, built for production and served on a free port. */
export interface Pages extends AsyncDisposable {
  readonly url: string;
}

export async function servePages(): Promise<Pages> {
  const outDir = mkdtempSync(path.join(tmpdir(), "sentei-bench-"));
  const config = {
    configFile: false,
    root: PAGES,
    logLevel: "warn",
    plugins: [react()],
    worker: { format: "es" },
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2023",
      chunkSizeWarningLimit: 5000,
    },
    preview: { host: "127.0.0.1", port: 7490 },
  } satisfies InlineConfig;
  await build(config);
  const server = await preview(config);
  return {
    url: server.resolvedUrls!.local[0]!,
    async [Symbol.asyncDispose]() {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
