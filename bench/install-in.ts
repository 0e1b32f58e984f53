import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Installs what the `package.json` of `folder` names, in the versions of its lock
 * file, unless it is there; `args` are npm's. Runs no scripts. Throws if npm fails.
 */
export function installIn(folder: string, what: string, args: readonly string[] = []): void {
  const lock = path.join(folder, "package-lock.json");
  const mark = path.join(folder, "node_modules/.package-lock.json");
  if (existsSync(mark) && statSync(mark).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error(`Installing ${what} ...`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const all = ["install", "--no-save", "--ignore-scripts", "--loglevel=error", ...args];
  const { status } = spawnSync(npm, all, {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm install failed in ${folder}; the lines above say why`);
}
