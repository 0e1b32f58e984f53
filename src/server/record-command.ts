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

/** How a run ends: whether it is right. */
type Verdicts = Readonly<Record<string, boolean>>;

/** Runs of one problem that show something together. */
interface Recording {
  /** By the name of the file: what of the run is special. */
  readonly runs: Readonly<Record<string, Pick<RunSpecInput, "strategy" | "verifier">>>;
  /** What has to come out for the story to be true; the first problem for which it does is recorded. */
  readonly shows: (isRight: Verdicts) => boolean;
}

const RECORDINGS: readonly Recording[] = [
  {
    runs: {
      "without-a-prm": { strategy: { name: "majority", n: 8 }, verifier: null },
      "with-a-prm": { strategy: { name: "bestOfN", n: 8 }, verifier: "sentei-prm" },
    },
    shows: (isRight) => !isRight["without-a-prm"] && isRight["with-a-prm"] === true,
  },
  {
    runs: {
      "best-of-16": { strategy: { name: "bestOfN", n: 16 }, verifier: "sentei-prm" },
      "beam-16": { strategy: { name: "beam", n: 16, m: 4 }, verifier: "sentei-prm" },
    },
    shows: (isRight) => !isRight["best-of-16"] && isRight["beam-16"] === true,
  },
];

/** Problems that are tried for a recording: hard ones first, so that there is something to see. */
const SEEDS = 200;
const family = familyOf("expressions");

function* problems(): Generator<{ problem: string; seed: number }, void, void> {
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

async function make({ runs, shows }: Recording, host: ModelHost): Promise<void> {
  for (const asked of problems()) {
    const logs: Record<string, RunEvent[]> = {};
    for (const [name, special] of Object.entries(runs)) {
      logs[name] = await logOf(host, name, RunSpec.parse({ ...asked, ...special }));
    }
    const isRight = Object.fromEntries(
      Object.entries(logs).map(([name, log]) => [name, rightIn(log)]),
    );
    if (!shows(isRight)) continue;
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

function rightIn(log: readonly RunEvent[]): boolean {
  return log.findLast((event) => event.type === "selected")?.correct === true;
}

mkdirSync(RUNS, { recursive: true });
const host = await openModels(path.join(PROJECT, "public/models"));
for (const recording of RECORDINGS) await make(recording, host);
