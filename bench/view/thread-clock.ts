import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** CPU time of each thread so far, ms, by its folder in /proc. */
type Times = ReadonlyMap<string, number>;

/** CPU time that passed between two readings, ms. */
export interface Spent {
  /** Of the busiest thread. */
  readonly busiest: number;
  /** Of all threads together. */
  readonly all: number;
  /** The busiest threads, the busiest first. */
  readonly threads: readonly { readonly name: string; readonly ms: number }[];
}

/** Threads that are named. */
const NAMED = 4;

/** A browser is idle when no thread takes more than this share of a core, … */
const IDLE_SHARE = 0.12;
/** … looked at so often, ms, … */
const LOOK_MS = 30;
/** … so many times in a row. */
const IDLE_LOOKS = 3;

const canRead = process.platform === "linux";

/** CPU time of the threads of a process and of those that it started; Linux only. */
export class ThreadClock {
  readonly #pid: number;
  #start: Times = new Map();

  constructor(pid: number) {
    this.#pid = pid;
  }

  static get isAvailable(): boolean {
    return canRead;
  }

  start(): void {
    this.#start = this.#read();
  }

  /** Since `start`; null where it cannot be known. */
  spent(): Spent | null {
    if (!canRead) return null;
    const spent = difference(this.#start, this.#read());
    const threads = spent
      .slice(0, NAMED)
      .map(({ folder, ms }) => ({ name: contents(`${folder}/comm`).trim(), ms }));
    const all = spent.reduce((sum, { ms }) => sum + ms, 0);
    return { busiest: spent[0]?.ms ?? 0, all, threads };
  }

  /** Resolves when all threads are idle, or after `limitMs`. */
  async idle(limitMs: number): Promise<void> {
    const end = performance.now() + limitMs;
    let idle = canRead ? 0 : -10;
    let last = this.#read();
    while (idle < IDLE_LOOKS && performance.now() < end) {
      const since = performance.now();
      await sleep(LOOK_MS);
      const now = this.#read();
      const busiest = difference(last, now)[0]?.ms ?? 0;
      idle = busiest < IDLE_SHARE * (performance.now() - since) ? idle + 1 : Math.min(idle + 1, 0);
      last = now;
    }
  }

  #read(): Times {
    const times = new Map<string, number>();
    if (!canRead) return times;
    for (const pid of family(this.#pid)) {
      for (const thread of listed(`/proc/${pid}/task`)) {
        const folder = `/proc/${pid}/task/${thread}`;
        const nanoseconds = Number(contents(`${folder}/schedstat`).split(" ")[0]);
        times.set(folder, nanoseconds / 1e6);
      }
    }
    return times;
  }
}

/** What each thread took, the busiest first. */
function difference(before: Times, after: Times): { folder: string; ms: number }[] {
  const spent = [...after].map(([folder, ms]) => ({ folder, ms: ms - (before.get(folder) ?? 0) }));
  return spent.sort((a, b) => b.ms - a.ms);
}

/** A process and all that descend from it. */
function family(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of listed("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    // The name of a process, in brackets, may contain anything.
    const parent = Number(contents(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const members = [root];
  for (const pid of members) members.push(...(children.get(pid) ?? []));
  return members;
}

/** Processes and threads end at any time; what is gone has nothing to tell. */
function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function contents(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "0";
  }
}
