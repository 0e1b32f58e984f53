import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Use } from "../protocol/budget.ts";
import type { RunEvent } from "../protocol/events.ts";
import type { ModelList } from "../protocol/runs.ts";
import { RunSpec, type RunSpecInput } from "../protocol/runs.ts";
import { defaultStrategy } from "../protocol/strategy-facts/read-parameters.ts";
import { factsOf, STRATEGY_NAMES } from "../protocol/strategy-facts/table.ts";
import { ModelError, type Policy, type Verifier } from "../search/ports.ts";
import { comparable, record } from "../search/record.ts";
import { type ModelHost, modelHost } from "./model-host.ts";
import { type Recorded, specToResume } from "./resume-run.ts";
import { searchFacts } from "./search-facts.ts";

const host = modelHost({
  cards: () => [],
  kernel: {} as WebAssembly.Module,
  load() {
    throw new Error("no weights are needed");
  },
  breathe: () => setImmediate(),
});
const { signal } = new AbortController();

/** How often models were asked, and after how many replies they fail. */
class Meter {
  replies = 0;
  readonly #failsAfter: number;

  constructor(failsAfter = Number.POSITIVE_INFINITY) {
    this.#failsAfter = failsAfter;
  }

  count(): void {
    if (++this.replies > this.#failsAfter) {
      this.replies--;
      throw new ModelError("the server is gone", { fault: "reset" });
    }
  }
}

function metered(meter: Meter): ModelHost {
  const scores = (verifier: Verifier | null) =>
    verifier && {
      ...verifier,
      score: (...asked: Parameters<Verifier["score"]>) => {
        for (const _ of asked[0]) meter.count();
        return verifier.score(...asked);
      },
    };
  return {
    ...host,
    async open(...asked) {
      const { policy, verifier, second } = await host.open(...asked);
      const counted: Policy = {
        ...policy,
        async *propose(asks, stop) {
          for await (const proposed of policy.propose(asks, stop)) {
            meter.count();
            yield proposed;
          }
        },
      };
      return { policy: counted, verifier: scores(verifier), second: scores(second) };
    },
  };
}

async function logOf(spec: RunSpec, meter: Meter, recorded?: Recorded): Promise<RunEvent[]> {
  const clock = () => 0;
  const facts = searchFacts(spec, {
    ...{ host: metered(meter), signal, producer: "sentei@test", elapsedMs: clock, recorded },
  });
  const events: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock, signal })) events.push(event);
  return events;
}

const specOf = (change: Partial<RunSpecInput> = {}) =>
  RunSpec.parse({
    ...{ problem: "4 14 9 3 -> 50", policy: "scripted", verifier: "scripted", seed: 5 },
    ...{ strategy: { name: "beam" }, ...change },
  });

/** What a log tells, in no order: replies that were there already come before those that were not. */
function told(log: readonly RunEvent[]): string[] {
  return log
    .map((event) => {
      const {
        seq: _,
        use: __,
        spent: ___,
        forkedFrom: ____,
        ...rest
      } = comparable(event) as Record<string, unknown>;
      return JSON.stringify(rest);
    })
    .toSorted();
}

function totals(log: readonly RunEvent[]): Omit<Use, "ms"> {
  const last = log.findLast((event) => "use" in event)!;
  return (comparable(last) as { use: Omit<Use, "ms"> }).use;
}

const names = STRATEGY_NAMES.filter((name) => factsOf({ name }).unit !== "token");

describe.each(names)("%s", (name) => {
  test("S26: a run that failed goes on from its log to the same end, and asks for nothing twice", async () => {
    const spec = specOf({ strategy: defaultStrategy(name), second: "checker" });
    const whole = new Meter();
    const unbroken = await logOf(spec, whole);
    expect(unbroken.at(-1)).toMatchObject({ type: "finished" });
    for (const share of [0, 0.1, 0.35, 0.6, 0.95]) {
      const first = new Meter(Math.floor(whole.replies * share));
      const events = await logOf(spec, first);
      expect(events.at(-1)).toMatchObject({ type: "failed", fault: "reset" });
      const recorded = { run: "old", events };
      const again = specToResume(recorded, host.list());
      const second = new Meter();
      const resumed = await logOf(again, second, recorded);
      expect(resumed[0]).toMatchObject({ forkedFrom: { run: "old", seq: events.length - 1 } });
      expect(told(resumed)).toEqual(told(unbroken));
      const { prmTokens, prmCalls, flops: _, ...written } = totals(resumed);
      const all = totals(unbroken);
      expect(all).toMatchObject(written);
      // Of a path that was scored before, the verifier is not asked again.
      expect(prmTokens).toBeLessThanOrEqual(all.prmTokens);
      expect(prmCalls).toBeLessThanOrEqual(all.prmCalls);
      // Only what arrived and was not told of yet is asked for again.
      const kept = events.filter(({ type }) => type === "proposed").length;
      expect(second.replies).toBeLessThanOrEqual(whole.replies - kept);
    }
  });
});

test("what cannot be resumed says why", async () => {
  const finished = await logOf(specOf(), new Meter());
  const list = host.list();
  const resume = (events: readonly RunEvent[], models: ModelList = list) =>
    specToResume({ run: "x", events }, models);
  expect(() => resume(finished)).toThrow("Run x cannot be resumed: it is finished.");
  expect(() => resume([])).toThrow("its log is empty");
  const cut = finished.slice(0, 9);
  expect(resume(cut)).toEqual(specOf());
  const remote = { maxStepTokens: 1, whole: "it does" };
  const whole = { ...list, policies: list.policies.map((card) => ({ ...card, remote })) };
  expect(() => resume(cut, whole)).toThrow("writes whole solutions");
  const [started, ...rest] = cut;
  expect(() => resume([{ ...started!, unit: "token" } as RunEvent, ...rest])).toThrow("tokens");
});
