import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

function found(): string | undefined {
  const asked = process.env["SENTEI_CHROMIUM"];
  if (asked !== undefined) return existsSync(asked) ? asked : undefined;
  return [chromium.executablePath(), ...SYSTEM].find((path) => path !== "" && existsSync(path));
}

/**
 * A Chromium that can be started: `SENTEI_CHROMIUM`, Playwright's own, one of
 * the system's, or one that is installed now. Throws with what to do.
 */
export function findChromium(): string {
  const there = found();
  if (there !== undefined) return there;

  console.error("No Chromium found; installing one (npx playwright install chromium) ...");
  spawnSync("npx", ["playwright", "install", "chromium"], { stdio: ["ignore", 2, 2] });
  const own = found();
  if (own !== undefined) return own;

  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.error("That failed; trying Debian's (apt-get install -y chromium) ...");
    spawnSync("apt-get", ["update", "-qq"], { stdio: ["ignore", 2, 2] });
    spawnSync("apt-get", ["install", "-y", "-qq", "chromium"], { stdio: ["ignore", 2, 2] });
    const debian = found();
    if (debian !== undefined) return debian;
  }
  throw new Error(
    "The browser tests need a Chromium: run `npx playwright install chromium`, " +
      "or install Chrome or Chromium, or set SENTEI_CHROMIUM to its path.",
  );
}
