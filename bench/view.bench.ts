import { compare } from "./view/compare.ts";
import { installPeers } from "./view/install-peers.ts";
import { parseOptions, USAGE } from "./view/options.ts";
import { runSelf } from "./view/self.ts";
import { servePages } from "./view/serve-pages.ts";

/** Compares our view of a tree with other libraries that draw trees; see `USAGE`. */
export async function run(args: string[]): Promise<void> {
  if (args.includes("--help")) {
    console.log(USAGE);
    return;
  }
  const options = parseOptions(args);
  installPeers();
  await using pages = await servePages();
  if (options.self) await runSelf(options, pages.url);
  else await compare(options, pages.url);
}
