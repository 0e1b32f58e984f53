import { compare } from "./view/compare.ts";
import { installPeers } from "./view/install-peers.ts";
import { type Options, parseOptions, USAGE } from "./view/options.ts";
import { runSelf } from "./view/self.ts";
import { servePages } from "./view/serve-pages.ts";

/**
 * Compares our view of a tree with other libraries that draw trees: the same trees
 * in the same view, marks and edges of like size, density and colour, no labels, and
 * an ink of the screenshot that must be like ours. Every cell is measured in fresh
 * browsers, the peers in turns, by the CPU time of the busiest thread and by wall time.
 *
 * To the advantage of the peers: they are given a layout (d3-hierarchy) where theirs
 * is slower, straight edges where ours are, and no edges to pruned nodes where ours
 * has none. Their thread time ends with the second frame, though their pictures may
 * still be drawn by then; ours ends when its picture is sharp. To the advantage
 * of ours: it begins with a folded tree, as the page has it. What sigma and ECharts
 * do in one step of the wheel is a larger zoom than that of the others.
 */
export async function run(args: string[]): Promise<void> {
  const options = optionsOf(args);
  if (options === null) return;
  installPeers();
  await using pages = await servePages();
  if (options.self) await runSelf(options, pages.url);
  else await compare(options, pages.url);
}

/** `null` if there is nothing to do but what was printed. */
function optionsOf(args: string[]): Options | null {
  if (args.includes("--help")) {
    console.log(USAGE);
    return null;
  }
  try {
    return parseOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = 2;
    return null;
  }
}
