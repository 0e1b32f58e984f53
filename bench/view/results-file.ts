import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { peerVersions } from "./install-peers.ts";
import type { Cell } from "./measure-cell.ts";
import { PEERS } from "./options.ts";
import { SHAPES } from "./pages/shapes.ts";
import type { Row } from "./summary.ts";
import { ThreadClock } from "./thread-clock.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const FILE = path.join(ROOT, "bench/results/view.json");
/** What the figures depend on. */
const SOURCES = ["src", "bench/view", "bench/package-lock.json", "package-lock.json"];

interface About {
  readonly figures: string;
  readonly clock: "thread" | "wall";
  readonly machine: string;
  readonly date: string;
  readonly node: string;
  readonly chromium: string;
  readonly versions: Record<string, string>;
}

const FIGURES =
  "firstPaintMs, frameMs and addMs are medians over n fresh browsers of the CPU time (ms) of the " +
  "browser's busiest thread, from /proc/*/schedstat; the same as wall time and as CPU time of all " +
  "threads stands beside them. First paint: from flat arrays to the second animation frame after " +
  "the library says that it is done, conversion and layout included; for sentei, if its picture is " +
  "sharp only later, until then and until the browser is idle, and from a folded tree (foldMs is apart). frameMs: mean over 40 " +
  "steps of dragging and 40 of the wheel, one event a frame at 60 Hz, fewer steps (3 or more) where " +
  "40 take longer than 2.5 s. addMs: " +
  "100 nodes (25 x 4) until painted and fitted again, for sentei with folding their events. View " +
  "1280x720, device pixel ratio 1, no labels, no animation, no graphics card: WebGL (sigma) runs " +
  "in software. Rows with unequal have less than a third or more than three times our ink.";

/** `bench/results/view.json`: written after every group of cells, so that a run can be resumed. */
export class ResultsFile {
  readonly commit = commitNow();
  readonly #rows: Map<string, Row>;

  constructor() {
    const before = readBefore();
    const isSame = JSON.stringify(before?.about.versions) === JSON.stringify(peerVersions());
    const rows = before !== null && isSame ? before.rows : [];
    this.#rows = new Map(rows.map((row) => [keyOf(row), row]));
  }

  /** By shape and size, and in the order of `PEERS`. */
  rows(): Row[] {
    const rank = ({ peer, shape, nodes }: Row) =>
      [SHAPES.indexOf(shape), nodes, PEERS.indexOf(peer)] as const;
    return [...this.#rows.values()].sort((a, b) => {
      const [shapes, nodes, peers] = rank(a).map((value, i) => value - rank(b)[i]!);
      return shapes! || nodes! || peers!;
    });
  }

  /** What was measured of this cell before; undefined if nothing was. */
  row(cell: Cell): Row | undefined {
    return this.#rows.get(keyOf(cell));
  }

  /** Whether the cell was measured at this very commit. Never while there are changes that are not committed. */
  isFresh(cell: Cell): boolean {
    return !this.commit.endsWith("+") && this.row(cell)?.commit === this.commit;
  }

  write(rows: readonly Row[], chromium: string): void {
    for (const row of rows) this.#rows.set(keyOf(row), row);
    const processors = cpus();
    const gigabytes = Math.round(totalmem() / 2 ** 30);
    const about: About = {
      figures: FIGURES,
      clock: ThreadClock.isAvailable ? "thread" : "wall",
      machine: `${processors.length} x ${processors[0]?.model ?? "unknown"}, ${gigabytes} GiB, ${process.platform}`,
      date: new Date().toISOString(),
      node: process.version,
      chromium,
      versions: peerVersions(),
    };
    const lines = this.rows().map((row) => `    ${JSON.stringify(row)}`);
    const head = JSON.stringify(about, null, 2).replaceAll("\n", "\n  ");
    mkdirSync(path.dirname(FILE), { recursive: true });
    writeFileSync(FILE, `{\n  "about": ${head},\n  "rows": [\n${lines.join(",\n")}\n  ]\n}\n`);
  }
}

function keyOf({ peer, shape, nodes }: Cell): string {
  return `${peer} ${shape} ${nodes}`;
}

function readBefore(): { about: About; rows: Row[] } | null {
  if (!existsSync(FILE)) return null;
  return JSON.parse(readFileSync(FILE, "utf8")) as { about: About; rows: Row[] };
}

/** The commit that last touched what is measured; with a + if something was changed since. */
function commitNow(): string {
  const git = (...args: string[]) =>
    spawnSync("git", [...args, "--", ...SOURCES], { cwd: ROOT, encoding: "utf8" }).stdout?.trim();
  const commit = git("log", "-1", "--format=%h");
  const isChanged = git("status", "--porcelain") !== "";
  return commit === undefined || commit === "" ? "unknown+" : `${commit}${isChanged ? "+" : ""}`;
}
