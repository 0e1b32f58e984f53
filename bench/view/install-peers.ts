import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** Where the libraries that we are compared with live, apart from what the product needs. */
const BENCH = path.join(import.meta.dirname, "..");
const LOCK = path.join(BENCH, "package-lock.json");
const MARK = path.join(BENCH, "node_modules/.package-lock.json");

/** Installs what `bench/package.json` names, in the versions of its lock file, unless it is there. */
export function installPeers(): void {
  if (existsSync(MARK) && statSync(MARK).mtimeMs >= statSync(LOCK).mtimeMs) return;
  console.error("Installing the libraries to compare with ...");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["install", "--no-save", "--ignore-scripts", "--loglevel=error"];
  const { status } = spawnSync(npm, args, {
    cwd: BENCH,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("npm install failed in bench/; the lines above say why");
}

/** Exact versions of the libraries, d3 included. */
export function peerVersions(): Record<string, string> {
  const { dependencies } = read(path.join(BENCH, "package.json"));
  const { d3 } = read(path.join(BENCH, "../package.json")).dependencies;
  return { d3: d3!, ...dependencies };
}

function read(file: string): { dependencies: Record<string, string> } {
  return JSON.parse(readFileSync(file, "utf8")) as { dependencies: Record<string, string> };
}
