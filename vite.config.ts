import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import react from "@vitejs/plugin-react";
/// <reference types="vitest/config" />
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { configDefaults } from "vitest/config";
import { FILE_BUILD, fileEntry, oneFontFormat, viewerFile } from "./scripts/one-file.ts";

const API = `http://127.0.0.1:${process.env["PORT"] ?? 7360}`;

export default defineConfig(({ mode }) => {
  if (mode === "file") return { plugins: [react(), fileEntry(), oneFontFormat()], ...FILE_BUILD };
  return mode === "tree" ? treeModule() : config(mode);
});

/** The tree alone, as a module for pages of others: they bring React. */
const treeModule = (): UserConfig => ({
  plugins: [react(), oneFontFormat()],
  publicDir: false,
  base: "./",
  build: {
    ...{ target: "es2023", outDir: "dist-tree" },
    lib: { entry: "src/app/embed/index.ts", formats: ["es"], fileName: "sentei-tree" },
    rolldownOptions: { external: [/^react(-dom)?($|\/)/] },
  },
  worker: { format: "es" },
});

const config = (mode: string): UserConfig => ({
  plugins: [react(), viewerFile(), ...(mode === "demo" ? [demo()] : [])],
  // The static files of `npm run build:demo` work from any path.
  ...(mode === "demo" && { base: "./", define: { "import.meta.env.SENTEI_VERSION": version() } }),
  build: {
    ...{ target: "es2023", chunkSizeWarningLimit: 700 },
    outDir: mode === "demo" ? "dist-demo" : "dist",
    // No schema is made before zod knows that it must not use eval, whichever page asks for it first.
    rolldownOptions: {
      input: ["index.html", "embed.html"],
      output: {
        codeSplitting: { groups: [{ name: "zod", test: /no-eval\.ts$|node_modules\/zod\// }] },
      },
    },
    // The content security policy lets fonts in as files only.
    assetsInlineLimit: (file) => (/\.(woff2|wasm)$/.test(file) ? false : undefined),
  },
  worker: { format: "es" },
  // `npm run dev` beside a running `npm start`: the API stays on its own port.
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: API, changeOrigin: true, headers: { origin: API } } },
  },
  test: {
    exclude: [...configDefaults.exclude, "e2e/**"],
    setupFiles: ["scripts/vitest-setup.ts"],
    testTimeout: 60_000,
    // Real servers and trainings: see e2e/playwright.config.ts.
    retry: process.env["CI"] === undefined ? 0 : 1,
  },
});

/** The page without a server: another entry, and one file of all model cards, since nobody lists a folder for it. */
function demo(): Plugin {
  return {
    name: "sentei-demo",
    transformIndexHtml: {
      order: "pre",
      handler: (html) => html.replace("/src/app/main.ts", "/src/app/main-demo.ts"),
    },
    generateBundle() {
      const folder = path.join(import.meta.dirname, "public/models");
      const cards = readdirSync(folder)
        .filter((file) => file.endsWith(".json"))
        .toSorted()
        .map((file) => JSON.parse(readFileSync(path.join(folder, file), "utf8")));
      const source = JSON.stringify(cards);
      this.emitFile({ type: "asset", fileName: "models/cards.json", source });
    },
  };
}

function version(): string {
  const manifest = readFileSync(path.join(import.meta.dirname, "package.json"), "utf8");
  return JSON.stringify(JSON.parse(manifest).version);
}
