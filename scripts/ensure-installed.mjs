// Runs before every npm script that a newcomer types, on whatever Node they
// have (20 or later), and therefore is plain JavaScript without dependencies.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const MARK = "node_modules/.package-lock.json";
const stale = !existsSync(MARK) || statSync(MARK).mtimeMs < statSync("package-lock.json").mtimeMs;

if (stale) {
  process.stderr.write("Installing dependencies (npm ci) ...\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    process.stderr.write("npm ci failed; the lines above say why. Nothing was started.\n");
    process.exit(status ?? 1);
  }
}
