// Runs before every npm script that a newcomer types, on whatever Node they
// have (20 or later), and therefore is plain JavaScript without dependencies.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

const MARK = "node_modules/.package-lock.json";
const stale = !existsSync(MARK) || statSync(MARK).mtimeMs < statSync("package-lock.json").mtimeMs;

if (stale) {
  process.stderr.write("Installing dependencies ...\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // Not `npm ci`: it refuses a lock file that lacks the optional packages of other platforms,
  // and a registry that lacks them leaves them out of the lock file that it helps to write.
  // The versions are those of the lock file all the same, and it is not written to.
  const { status } = spawnSync(npm, ["install", "--no-save", "--loglevel=error"], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    process.stderr.write("npm install failed; the lines above say why. Nothing was started.\n");
    process.exit(status ?? 1);
  }
}
