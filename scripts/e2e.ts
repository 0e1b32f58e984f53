import { spawnSync } from "node:child_process";
import { findChromium } from "./find-chromium.ts";

/** `npm run e2e [-- playwright arguments]`: builds, then drives the whole product in Chromium. */
function run(command: string, args: string[], env: NodeJS.ProcessEnv): void {
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    env,
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

let chromium: string;
try {
  chromium = findChromium();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
run("vite", ["build", "--logLevel", "warn"], process.env);
run("playwright", ["test", "--config", "e2e/playwright.config.ts", ...process.argv.slice(2)], {
  ...process.env,
  SENTEI_CHROMIUM: chromium,
});
