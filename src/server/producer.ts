import { readFileSync } from "node:fs";
import { z } from "zod";

const PACKAGE = new URL("../../package.json", import.meta.url);

/** Who makes logs here: `name@version`, as the package says. */
export function producer(): string {
  const manifest = JSON.parse(readFileSync(PACKAGE, "utf8"));
  const { name, version } = z.object({ name: z.string(), version: z.string() }).parse(manifest);
  return `${name}@${version}`;
}
