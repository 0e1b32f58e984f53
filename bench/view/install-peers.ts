import { readFileSync } from "node:fs";
import path from "node:path";
import { installIn } from "../install-in.ts";

/** Where the libraries that we are compared with live, apart from what the product needs. */
const BENCH = path.join(import.meta.dirname, "..");

/** Installs what `bench/package.json` names, in the versions of its lock file, unless it is there. */
export function installPeers(): void {
  installIn(BENCH, "the libraries to compare with");
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
