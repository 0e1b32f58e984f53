import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { familyOf } from "../problems/families.ts";
import type { RunEvent } from "../protocol/events.ts";
import { RunSpec, type RunSpecInput } from "../protocol/runs.ts";
import type { ModelHost } from "../runs/model-host.ts";
import { searchFacts } from "../runs/search-facts.ts";
import { record } from "../search/record.ts";
import { openModels } from "./model-host.ts";
import { producer } from "./producer.ts";

/** `npm run record`: makes the runs that stories are told of anew, from the models as they are now. */
const PROJECT = path.join(import.meta.dirname, "../..");
const RUNS = path.join(PROJECT, "public/runs");

/** What a run came to. */
interface Ending {
  readonly isRight: boolean;
  /** The PRM's score of the selected solution; 0 if it has none. */
  readonly score: number;
}

/** Runs of one problem that show something together. */
interface Recording {
  /** Whose held-out problems are tried. */
  readonly family: string;
  /** By the name of the file: what of the run is special. */
  readonly runs: Readonly<Record<string, Pick<RunSpecInput, "strategy" | "verifier" | "policy">>>;
  /** What has to come out for the story to be true; the first problem for which it does is recorded. */
  readonly shows: (endings: Readonly<Record<string, Ending>>) => boolean;
}

const PRM = "sentei-prm";

const RECORDINGS: readonly Recording[] = [
  {
    family: "expressions",
    runs: {
      "without-a-prm": { strategy: { name: "majority", n: 8 }, verifier: null },
      "with-a-prm": { strategy: { name: "bestOfN", n: 8 }, verifier: PRM },
    },
    shows: (endings) => !endings["without-a-prm"]!.isRight && endings["with-a-prm"]!.isRight,
  },
  {
    family: "expressions",
    runs: {
      "best-of-16": { strategy: { name: "bestOfN", n: 16 }, verifier: PRM },
      "beam-16": { strategy: { name: "beam", n: 16, m: 4 }, verifier: PRM },
    },
    shows: (endings) => !endings["best-of-16"]!.isRight && endings["beam-16"]!.isRight,
  },
  {
    family: "equations",
    runs: {
      "best-of-4": { strategy: { name: "bestOfN", n: 4, weighted: false }, verifier: PRM },
      "best-of-64": { strategy: { name: "bestOfN", n: 64, weighted: false }, verifier: PRM },
    },
    shows: ({ "best-of-4": few, "best-of-64": many }) =>
      few!.isRight && !many!.isRight && many!.score > few!.score + 0.2,
  },
  {
    family: "equations",
    runs: {
      "before-rl": { strategy: { name: "majority", n: 8 }, verifier: null, policy: "sentei-s" },
      "after-rl": { strategy: { name: "majority", n: 8 }, verifier: null, policy: "sentei-s-rl" },
    },
    shows: (endings) => !endings["before-rl"]!.isRight && endings["after-rl"]!.isRight,
  },
];

/** Problems that are tried for a recording: hard ones first, so that there is something to see. */
const SEEDS = 200;

function* problems(name: string): Generator<{ problem: string; seed: number }, void, void> {
  const family = familyOf(name);
  for (let seed = 0; seed < SEEDS; seed++) {
    for (const level of family.levels.toReversed().slice(0, 2)) {
      const parsed = family.generate({ level, seed, split: "held-out" });
      yield { problem: family.render(parsed), seed };
    }
  }
}

async function logOf(host: ModelHost, name: string, spec: RunSpec): Promise<RunEvent[]> {
  const began = performance.now();
  const clock = () => performance.now() - began;
  const { signal } = new AbortController();
  const facts = searchFacts(spec, { host, signal, producer: producer(), elapsedMs: clock });
  const log: RunEvent[] = [];
  for await (const event of record(facts, { run: `rec-${name}`, clock, signal })) log.push(event);
  return log;
}

async function make({ family, runs, shows }: Recording, host: ModelHost): Promise<void> {
  for (const asked of problems(family)) {
    const logs: Record<string, RunEvent[]> = {};
    for (const [name, special] of Object.entries(runs)) {
      logs[name] = await logOf(host, name, RunSpec.parse({ ...asked, ...special }));
    }
    const endings = Object.fromEntries(
      Object.entries(logs).map(([name, log]) => [name, endingOf(log)]),
    );
    if (!shows(endings)) continue;
    for (const [name, log] of Object.entries(logs)) {
      const lines = log.map((event) => `${JSON.stringify(event)}\n`).join("");
      writeFileSync(path.join(RUNS, `${name}.ndjson`), lines);
      process.stdout.write(`${name}: ${asked.problem}, seed ${asked.seed}, ${log.length} events\n`);
    }
    return;
  }
  throw new Error(
    `with these models no problem shows what ${Object.keys(runs).join(" and ")} should`,
  );
}

function endingOf(log: readonly RunEvent[]): Ending {
  const selected = log.findLast((event) => event.type === "selected");
  const leaf = selected?.path.at(-1);
  const scored = log.findLast((event) => event.type === "scored" && event.node === leaf);
  return {
    isRight: selected?.correct === true,
    score: scored?.type === "scored" ? scored.score : 0,
  };
}

mkdirSync(RUNS, { recursive: true });
const host = await openModels(path.join(PROJECT, "public/models"));
for (const recording of RECORDINGS) await make(recording, host);
