import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** CPU time of each thread so far, ms, by thread id. */
type Times = ReadonlyMap<string, number>;

/** CPU time that passed between two readings, ms. */
export interface Spent {
  /** Of the busiest thread. */
  readonly busiest: number;
  /** Of all threads together. */
  readonly all: number;
}

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
    return canRead ? difference(this.#start, this.#read()) : null;
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
      const { busiest } = difference(last, now);
      idle = busiest < IDLE_SHARE * (performance.now() - since) ? idle + 1 : Math.min(idle + 1, 0);
      last = now;
    }
  }

  #read(): Times {
    const times = new Map<string, number>();
    if (!canRead) return times;
    for (const pid of family(this.#pid)) {
      for (const thread of listed(`/proc/${pid}/task`)) {
        const nanoseconds = Number(contents(`/proc/${pid}/task/${thread}/schedstat`).split(" ")[0]);
        times.set(thread, nanoseconds / 1e6);
      }
    }
    return times;
  }
}

function difference(before: Times, after: Times): Spent {
  let busiest = 0;
  let all = 0;
  for (const [thread, ms] of after) {
    const spent = ms - (before.get(thread) ?? 0);
    busiest = Math.max(busiest, spent);
    all += spent;
  }
  return { busiest, all };
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
