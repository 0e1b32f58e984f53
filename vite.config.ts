import react from "@vitejs/plugin-react";
/// <reference types="vitest/config" />
import { defineConfig } from "vite";
import { configDefaults } from "vitest/config";

const API = `http://127.0.0.1:${process.env["PORT"] ?? 7360}`;

export default defineConfig({
  plugins: [react()],
  build: {
    ...{ outDir: "dist", target: "es2023", chunkSizeWarningLimit: 700 },
    // No schema is made before zod knows that it must not use eval, whichever page asks for it first.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: "zod", test: /no-eval\.ts$|node_modules\/zod\// }] },
      },
    },
    // The content security policy lets fonts in as files only.
    assetsInlineLimit: (file) => (file.endsWith(".woff2") ? false : undefined),
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
  },
});
