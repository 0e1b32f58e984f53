import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type EventType,
  PHASES,
  PRUNE_REASONS,
  type RunEvent,
  type UnknownEvent,
} from "./events.ts";
import { randomLog, SHAPES } from "./random-log.ts";
import { AGGREGATIONS } from "./strategies.ts";
import { foldLog } from "./tree.ts";
import { pictureOf } from "./tree-picture.ts";
import {
  parseBatch,
  parseEvent,
  parseLine,
  parseLog,
  WireError,
  writeBatch,
  writeLine,
} from "./wire.ts";

const text = fc.string({ unit: "binary" });
const node = fc.nat();
const count = fc.maxSafeNat();
const amount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
const score = fc.double({ min: 0, max: 1, noNaN: true });
/** No −0, which JSON does not know. */
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const verdict = orNull(fc.boolean());

/** A record of which some fields may be missing. */
function record<T extends object, O extends object>(
  required: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: { [K in keyof O]: fc.Arbitrary<O[K]> },
) {
  return fc
    .tuple(fc.record(required), fc.record(optional, { requiredKeys: [] }))
    .map(([some, others]) => ({ ...some, ...others }));
}

const use = record(
  {
    policyTokens: count,
    promptTokens: count,
    policyCalls: count,
    prmTokens: count,
    prmCalls: count,
    ms: amount,
  },
  { flops: amount, reasoningTokens: count },
);
const stamp = fc.record({ name: text, revision: text });
const strategy = fc.oneof(
  fc.record({ name: fc.constant("greedy") }),
  fc.record({ name: fc.constant("majority"), n: fc.integer({ min: 1, max: 1024 }) }),
  fc.record({
    name: fc.constant("beam"),
    n: fc.integer({ min: 1, max: 1024 }),
    m: fc.integer({ min: 1, max: 64 }),
    maxRounds: fc.integer({ min: 1, max: 40 }),
    aggregation: fc.constantFrom(...AGGREGATIONS),
  }),
);

/** The fields of every type of event, beside those that all events have. */
const BODIES: { readonly [T in EventType]: fc.Arbitrary<object> } = {
  started: record(
    {
      problem: fc.record({ family: orNull(text), text, level: orNull(fc.integer()) }),
      strategy,
      policy: stamp,
      verifier: orNull(stamp),
      sampling: fc.record({
        temperature: fc.double({ min: 0, max: 5, noNaN: true }),
        topK: fc.nat({ max: 1_000_000 }),
        topP: fc.double({ min: 0.001, max: 1, noNaN: true }),
        maxStepTokens: fc.integer({ min: 1, max: 4096 }),
      }),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
      budget: fc.record({ solutions: fc.integer({ min: 1, max: 65_536 }) }, { requiredKeys: [] }),
      producer: text,
    },
    { forkedFrom: fc.record({ run: text, seq: node, node }), second: stamp },
  ),
  round: record(
    { round: count, phase: fc.constantFrom(...PHASES) },
    { effective: fc.integer({ min: 1 }), ease: score },
  ),
  expanded: fc.record({ node, first: node, kids: fc.integer({ min: 1, max: 1000 }) }),
  proposed: record(
    {
      node,
      step: text,
      tokens: node,
      logprob: orNull(real),
      ended: fc.constantFrom("step", "stop", "length"),
      origin: fc.constantFrom("policy", "human", "replay", "copy", "rollout"),
      use,
    },
    { duplicateOf: node, revises: node, reasoningTokens: node },
  ),
  scored: record({ node, score, scorer: text, steps: fc.array(score), use }, { rolledOutTo: node }),
  judged: fc.record({
    ...{ node, score, scorer: text, steps: fc.array(score) },
    spent: fc.record({ prmTokens: fc.nat(), prmCalls: fc.nat() }),
  }),
  kept: fc.record({ nodes: fc.array(node) }),
  pruned: fc.record({
    nodes: fc.array(
      fc.record({
        node,
        reason: fc.constantFrom(...PRUNE_REASONS),
        rank: orNull(fc.integer({ min: 1 })),
        cut: orNull(score),
        beatenBy: orNull(node),
      }),
    ),
  }),
  restored: fc.record({ nodes: fc.array(node) }),
  visited: fc.record({
    nodes: fc.array(
      record({ node, visits: count, value: real }, { prior: real, exploit: real, explore: real }),
    ),
  }),
  answered: record(
    { node, answer: orNull(text), canonical: orNull(text), correct: verdict },
    { stated: orNull(text) },
  ),
  selected: fc.record({
    path: fc.array(node),
    method: fc.constantFrom("argmax", "majority", "weighted_majority", "human"),
    answer: orNull(text),
    correct: verdict,
    votes: fc.array(
      fc.record({
        canonical: text,
        answer: text,
        weight: real,
        nodes: fc.array(node, { minLength: 1 }),
        correct: verdict,
      }),
    ),
    unreadable: count,
  }),
  steered: record({ command: text, by: text }, { node }),
  labelled: fc.record({ node, label: fc.constantFrom(1, 0, -1), by: text }),
  paused: fc.constant({}),
  resumed: fc.constant({}),
  finished: fc.record({
    why: fc.constantFrom("complete", "decided", "budget", "max_rounds", "no_answer"),
    use,
  }),
  failed: fc.record({ error: text, use }),
  cancelled: fc.record({ by: text, use }),
};

const anyBase = fc.record({ v: fc.constant(1), run: text, seq: count, t: amount });

const anyKnown = fc
  .constantFrom(...(Object.keys(BODIES) as EventType[]))
  .chain((type) =>
    fc.tuple(anyBase, BODIES[type]).map(([base, body]) => ({ ...base, type, ...body })),
  )
  .map((event) => event as unknown as RunEvent);

const anyUnknown: fc.Arbitrary<UnknownEvent> = fc
  .tuple(
    anyBase,
    text.filter((type) => !(type in BODIES)),
    fc.dictionary(
      text.filter((key) => key !== "__proto__"),
      fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
    ),
  )
  .map(([base, type, fields]) => ({ ...fields, ...base, type }));

test("W1: every event survives the wire", () => {
  fc.assert(
    fc.property(fc.oneof(anyKnown, anyUnknown), (event) => {
      const line = writeLine(event);
      expect(line).not.toMatch(/[\n\r]/);
      expect(parseLine(line)).toEqual(event);
    }),
    { numRuns: 1000 },
  );
});

test("W1: every log survives the wire, by line and by batch, and tells of the same tree", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...SHAPES), (seed, shape) => {
      const log = [...randomLog({ seed, nodes: 30, shape, width: 8 })];
      const lines = log.map(writeLine);
      expect(parseLog(lines.map((line) => `${line}\n`).join(""))).toEqual(log);
      expect(parseLog(lines.join("\r\n"))).toEqual(log);
      const batch = parseBatch(writeBatch(lines));
      expect(batch).toEqual(log);
      expect(pictureOf(foldLog(batch))).toEqual(pictureOf(foldLog(log)));
    }),
    { numRuns: 30 },
  );
});

test("W2: an event of a known type with a wrong field is an error that names field and value", () => {
  const anyWrong = anyKnown.chain((event) =>
    fc.tuple(
      fc.constant(event),
      fc.constantFrom(...Object.keys(event).filter((key) => key !== "type")),
      fc.constantFrom<unknown>({ odd: true }, -1.5, undefined),
    ),
  );
  const isOptional = (key: string) =>
    ["duplicateOf", "revises", "forkedFrom", "second", "effective", "ease", "stated"].includes(key);
  fc.assert(
    fc.property(anyWrong, ([event, key, wrong]) => {
      fc.pre(!(key === "logprob" && wrong === -1.5));
      fc.pre(!(wrong === undefined && (isOptional(key) || event.type === "steered")));
      const error = errorOf(() => parseLine(JSON.stringify({ ...event, [key]: wrong })));
      expect(error.field.split(".")[0]).toBe(key);
      expect(error.message).toMatch(`${event.type} event`);
      expect(error.message).toMatch(`${error.field}: `);
    }),
  );
});

test("W2: the message quotes the value, wherever it is, and not all of a long one", () => {
  const paused = { v: 1, run: "r", seq: 12, t: 0, type: "paused" };
  const scored = { ...paused, type: "scored", node: 1, scorer: "v", steps: [0.5] };
  const use = { policyTokens: 0, promptTokens: 0, policyCalls: 0, prmTokens: 0, prmCalls: 1.5 };
  const message = (event: object) => errorOf(() => parseEvent(event)).message;

  expect(message({ ...scored, score: 1.5, use: { ...use, prmCalls: 1, ms: 0 } })).toMatch(
    /^scored event 12: score: .*, got 1\.5$/,
  );
  expect(message({ ...scored, score: 0.5, use: { ...use, ms: 0 } })).toMatch(
    /^scored event 12: use\.prmCalls: .*, got 1\.5$/,
  );
  expect(message({ ...scored, steps: [0.5, "high"], score: 0, use })).toMatch(
    /^scored event 12: steps\.1: .*, got "high"$/,
  );
  expect(message({ ...paused, run: undefined })).toMatch(/^paused event 12: run: .*, got nothing$/);
  expect(message({ ...paused, t: "x".repeat(500) }).length).toBeLessThan(200);
});

test("W3: events of unknown types are handed on with all their fields, whatever their version", () => {
  const event = { v: 7, run: "r", seq: 3, t: 1.5, type: "dreamt", of: { sheep: [1, null] } };
  expect(parseEvent(event)).toEqual(event);
  expect(errorOf(() => parseEvent({ ...event, seq: -1 })).field).toBe("seq");
  expect(errorOf(() => parseEvent({ ...event, type: 5 })).field).toBe("type");
});

test("W3: fields that nobody here knows are dropped from events of known types", () => {
  const paused = { v: 1, run: "r", seq: 0, t: 0, type: "paused" };
  expect(parseEvent({ ...paused, mood: "good" })).toEqual(paused);
});

test("W4: a known type of a later version is an error that says which versions can be read", () => {
  const error = errorOf(() => parseEvent({ v: 2, run: "r", seq: 0, t: 0, type: "paused" }));
  expect(error.message).toBe("paused event 0: v: versions up to 1 can be read, got 2");
  expect(error.field).toBe("v");
});

test("W2: whatever else comes is a WireError, and a log names the line", () => {
  for (const json of ["", "{", "null", "3", '"x"', "[]", '{"type":"__proto__"}', "{}"]) {
    expect(errorOf(() => parseLine(json)).message).not.toBe("");
  }
  expect(errorOf(() => parseBatch('{"type":"paused"}')).message).toMatch("an array of events");
  expect(errorOf(() => parseBatch("[3]")).message).toBe("expected an event, got 3");
  const good = '{"v":1,"run":"r","seq":0,"t":0,"type":"paused"}';
  expect(errorOf(() => parseLog(`${good}\n\n${good.slice(0, 20)}`)).message).toMatch(
    /^line 3: no JSON/,
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (junk) => {
      expect(errorOf(() => parseLine(junk))).toBeInstanceOf(WireError);
    }),
  );
});

function errorOf(parse: () => unknown): WireError {
  try {
    parse();
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
    return error as WireError;
  }
  throw new Error("nothing was thrown");
}
