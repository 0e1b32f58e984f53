import fc from "fast-check";
import { expect, test } from "vitest";
import { RunEvent } from "./events.ts";
import { quickEvent } from "./quick-event.ts";
import { randomLog, SHAPES } from "./random-log.ts";
import type { RawEvent } from "./upgrade.ts";

const anyEvent = fc
  .record({ seed: fc.nat(), shape: fc.constantFrom(...SHAPES), pick: fc.nat() })
  .map(({ seed, shape, pick }) => {
    const log = [...randomLog({ seed, nodes: 20, shape, width: 8 })];
    return log[pick % log.length]! as RawEvent;
  });

/** What a broken writer might put where something else belongs; `delete` leaves it out. */
const anyWrong = fc.constantFrom<unknown>(
  ...[null, undefined, "delete", "", "policy", "step", "not_top_k", true, [], [null], {}],
  ...[-1, -0, 0, 1, 0.5, 1.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 65_536, 65_537],
  ...[Number.POSITIVE_INFINITY, Number.NaN, 1e300, [0.5, 1.5], [1, -1], [1, "2"]],
);

/** Puts something else into one place of an event, however deep. */
function mutate(value: unknown, picks: readonly number[], wrong: unknown): unknown {
  if (typeof value !== "object" || value === null) return wrong;
  const copy = structuredClone(value) as Record<string, unknown>;
  let at = copy;
  for (const [i, pick] of picks.entries()) {
    const keys = [...Object.keys(at), ...(Array.isArray(at) ? [] : ["surprise", "duplicateOf"])];
    const key = keys[pick % Math.max(keys.length, 1)];
    if (key === undefined) return copy;
    const inner = at[key];
    if (i + 1 < picks.length && typeof inner === "object" && inner !== null) {
      at = inner as Record<string, unknown>;
      continue;
    }
    if (wrong === "delete") delete at[key];
    else at[key] = wrong;
    return copy;
  }
  return copy;
}

test("W5: what is taken quickly is what the schema makes of it, and never what it refuses", () => {
  let quickly = 0;
  fc.assert(
    fc.property(
      anyEvent,
      fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      anyWrong,
      (event, picks, wrong) => {
        const mutant = mutate(event, picks, wrong) as RawEvent;
        const quick = quickEvent(mutant);
        if (quick === null) return;
        quickly++;
        expect(quick).toStrictEqual(RunEvent.parse(mutant));
      },
    ),
    { numRuns: 5000 },
  );
  expect(quickly).toBeGreaterThan(500);
});

test("every event that nodes are made of is taken quickly", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      for (const event of randomLog({ seed, nodes: 60, shape: "beam", width: 8 })) {
        const isRare = ["started", "round", "finished"].includes(event.type) || "revises" in event;
        const quick = quickEvent(event as RawEvent);
        if (isRare) expect(quick).toBeNull();
        else expect(quick).toStrictEqual(event);
      }
    }),
    { numRuns: 20 },
  );
});
