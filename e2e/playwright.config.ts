import { defineConfig } from "@playwright/test";

const CHROMIUM = process.env["SENTEI_CHROMIUM"];

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  fullyParallel: false,
  // Of two cores one alone would wait half of the time for a page.
  workers: 2,
  forbidOnly: true,
  // On a machine that others use too, a test may meet a moment without a processor; a defect stays.
  retries: process.env["CI"] === undefined ? 0 : 1,
  timeout: 60_000,
  // Two slow cores that also run the server and the searches.
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    launchOptions: {
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
