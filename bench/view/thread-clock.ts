import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** What a thread has had so far, ms: CPU time, and time in which it waited for a core. */
interface Times {
  readonly ran: number;
  readonly waited: number;
}

/** By the folder of each thread in /proc. */
type Reading = ReadonlyMap<string, Times>;

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
/** … or would take it: on a busy machine it mostly waits for one, … */
const STARVED_SHARE = 0.7;
/** … looked at so often, ms, … */
const LOOK_MS = 30;
/** … so many times in a row. */
const IDLE_LOOKS = 3;

const canRead = process.platform === "linux";

/** CPU time of the threads of a process and of those that it started; Linux only. */
export class ThreadClock {
  readonly #pid: number;
  #start: Reading = new Map();

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
      const isBusy = isAnyBusy(difference(last, now), performance.now() - since);
      idle = isBusy ? Math.min(idle + 1, 0) : idle + 1;
      last = now;
    }
  }

  #read(): Reading {
    const times = new Map<string, Times>();
    if (!canRead) return times;
    for (const pid of family(this.#pid)) {
      for (const thread of listed(`/proc/${pid}/task`)) {
        const folder = `/proc/${pid}/task/${thread}`;
        const [ran = 0, waited = 0] = contents(`${folder}/schedstat`).split(" ").map(Number);
        times.set(folder, { ran: ran / 1e6, waited: waited / 1e6 });
      }
    }
    return times;
  }
}

/** What a thread took and how long it waited for it, ms. */
interface Took {
  readonly folder: string;
  readonly ms: number;
  readonly waitedMs: number;
}

/** What each thread took, the busiest first. */
function difference(before: Reading, after: Reading): Took[] {
  const spent = [...after].map(([folder, { ran, waited }]) => {
    const was = before.get(folder);
    return { folder, ms: ran - (was?.ran ?? 0), waitedMs: waited - (was?.waited ?? 0) };
  });
  return spent.sort((a, b) => b.ms - a.ms);
}

function isAnyBusy(spent: readonly Took[], passedMs: number): boolean {
  return spent.some(
    ({ ms, waitedMs }) => ms >= IDLE_SHARE * passedMs || ms + waitedMs >= STARVED_SHARE * passedMs,
  );
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
