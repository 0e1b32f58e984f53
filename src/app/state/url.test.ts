import fc from "fast-check";
import { expect, test } from "vitest";
import { STORIES } from "../stories/story-place.ts";
import { AXES, type ComparedView, MOST_COMPARED, NO_COMPARISON } from "./compared.ts";
import { type EvaluatedView, NO_EVALUATION, UNITS } from "./evaluated.ts";
import { type Judging, NO_JUDGING, OTHERS } from "./judging.ts";
import { PLACES } from "./places.ts";
import { type Filter, ORDERS, SIZES } from "./reading.ts";
import { formatLink, type LinkedView, MAX_FOLDED, NO_VIEW, parseLink } from "./url.ts";

const id = fc.option(fc.integer({ min: 0, max: 2_147_483_647 }));
const scale = fc.double({ min: 1e-5, max: 1e3, noNaN: true });
const place = fc.double({ min: -1e6, max: 1e6, noNaN: true });

const anyNodes = fc
  .uniqueArray(fc.integer({ min: 0, max: 2_147_483_647 }), { maxLength: MAX_FOLDED })
  .map((nodes) => new Set(nodes));
const anyRange = (max: number, scale: number) =>
  fc
    .tuple(fc.nat(max), fc.nat(max))
    .map(([a, b]): [number, number] => [Math.min(a, b) / scale, Math.max(a, b) / scale]);

const anyFilter: fc.Arbitrary<Filter> = fc
  .record({
    scores: fc.option(anyRange(10_000, 10_000)),
    statuses: fc
      .subarray(["open", "kept", "pruned", "right", "wrong", "unknown"] as const)
      .map((list) => new Set(list)),
  })
  .filter(({ scores, statuses }) => scores !== null || statuses.size > 0);

const anyCamera = fc.record({ column: place, row: place, across: scale, rowPx: scale });

const anyComparison: fc.Arbitrary<ComparedView> = fc
  .uniqueArray(fc.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/), {
    minLength: 1,
    maxLength: MOST_COMPARED,
  })
  .chain((runs) =>
    fc.record({
      runs: fc.constant(runs),
      axis: fc.constantFrom(...AXES),
      position: fc.option(fc.nat(999_999)),
      layout: fc.constantFrom("beside", "merged"),
      isLinked: fc.boolean(),
      pick: fc.option(fc.record({ run: fc.nat(runs.length - 1), node: fc.nat(1_000_000) })),
      camera: fc.constant(null),
      mergedCamera: fc.constant(null),
      lit: fc.option(fc.nat(runs.length - 1)),
    }),
  );

const anyCell = fc.record({ arm: fc.nat(31), budget: fc.nat(15) });
const anyFamily = fc.constantFrom(null, "countdown", "word-problems");
const anyBin = fc.option(fc.nat(4));

const anyEvaluation: fc.Arbitrary<EvaluatedView> = fc.record({
  id: fc.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/),
  unit: fc.constantFrom(...UNITS),
  family: fc.oneof(anyFamily, fc.constant("each")),
  bin: fc.oneof(anyBin, fc.constant("each" as const)),
  isOracle: fc.boolean(),
  point: fc.option(
    fc.tuple(anyCell, anyFamily, anyBin).map(([cell, family, bin]) => ({ ...cell, family, bin })),
  ),
  flips: fc.option(fc.tuple(anyCell, anyCell)),
});

const anyView: fc.Arbitrary<LinkedView> = fc
  .tuple(anyComparison, anyEvaluation)
  .chain(([compared, evaluated]) => anyViewWith(compared, evaluated));

const anyViewWith = (compared: ComparedView, evaluated: EvaluatedView): fc.Arbitrary<LinkedView> =>
  anyPlain.map((view) => ({
    ...view,
    compared: view.place === "compare" ? compared : NO_COMPARISON,
    evaluated: view.place === "evaluations" ? evaluated : NO_EVALUATION,
  }));

const anyJudging: fc.Arbitrary<Judging> = fc.oneof(
  fc.constant(NO_JUDGING),
  fc.record({
    against: fc.constantFrom(...OTHERS),
    gap: fc.integer({ min: 1, max: 20 }).map((twentieths) => twentieths / 20),
    isLit: fc.boolean(),
    isMirrored: fc.constant(true),
  }),
);

const anyPlain: fc.Arbitrary<Omit<LinkedView, "compared" | "evaluated">> = fc.record({
  run: fc.string({ minLength: 1 }).filter((run) => run.trim() !== ""),
  judging: anyJudging,
  node: id,
  at: id,
  camera: fc.option(anyCamera),
  order: fc.constantFrom(...ORDERS),
  top: fc.nat(1_000_000),
  folding: fc.record({
    dead: fc.constantFrom("auto", "on", "off"),
    least: fc.nat(1_000_000),
    by: fc.constantFrom(...SIZES),
    folded: anyNodes,
    unfolded: anyNodes,
  }),
  story: fc.option(
    fc.record({
      name: fc.constantFrom(...STORIES.map(({ name }) => name)),
      page: fc.nat(98),
    }),
  ),
  kiosk: fc.boolean(),
  find: fc.string({ unit: "grapheme", maxLength: 20 }),
  filter: fc.option(anyFilter),
  brush: fc.option(anyRange(2_000_000, 1)),
  titles: fc.boolean(),
  raw: fc.boolean(),
  colorBy: fc.constantFrom("search", "second"),
  domain: fc
    .tuple(fc.nat(9999), fc.nat(9999))
    .map(([a, b]): [number, number] => [Math.min(a, b) / 1e4, (Math.max(a, b) + 1) / 1e4]),
  reading: fc.boolean(),
  place: fc.constantFrom(...PLACES),
});

test("V5: a link brings back the view that it was made from", () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const read = parseLink(formatLink(view));
      expect({ ...read, camera: null }).toEqual({ ...view, camera: null });
      expect(read.camera === null).toBe(view.camera === null);
      for (const key of ["column", "row", "across", "rowPx"] as const) {
        if (read.camera === null || view.camera === null) continue;
        const error = Math.abs(read.camera[key] - view.camera[key]);
        expect(error).toBeLessThanOrEqual(Math.abs(view.camera[key]) * 1e-5 + 1e-6);
      }
    }),
  );
});

test("a link that was read is written the same", () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const link = formatLink(view);
      expect(formatLink(parseLink(link))).toBe(link);
    }),
  );
});

test("V5: a link brings back the camera of a comparison, and no run twice", () => {
  fc.assert(
    fc.property(anyComparison, fc.option(anyCamera), (comparison, camera) => {
      const compared = { ...comparison, camera };
      const link = formatLink({ ...NO_VIEW, place: "compare", compared });
      const read = parseLink(link).compared;
      expect(formatLink({ ...NO_VIEW, place: "compare", compared: read })).toBe(link);
      expect(read.camera === null).toBe(camera === null);
    }),
  );
  const { runs } = parseLink("?page=compare&runs=a.b.a.<x>.c.d.e&pos=-3&axis=x&pick=4-1").compared;
  expect(runs).toEqual(["a", "b", "c", "d"]);
  expect(parseLink("?page=recipe&runs=a.b").compared).toEqual(NO_COMPARISON);
});

test("what is the default is left out", () => {
  expect(formatLink(NO_VIEW)).toBe("");
  expect(formatLink({ ...NO_VIEW, run: "01J" })).toBe("?run=01J");
});

test("of very many nodes that were folded by hand a link keeps the last", () => {
  const folded = new Set(Array.from({ length: 5000 }, (_, i) => i));
  const link = formatLink({ ...NO_VIEW, run: "01J", folding: { ...NO_VIEW.folding, folded } });
  expect(link.length).toBeLessThan(600);
  expect([...parseLink(link).folding.folded]).toEqual([...folded].slice(-MAX_FOLDED));
});

test("without a run a link says nothing", () => {
  expect(parseLink("?node=3&at=7")).toEqual(NO_VIEW);
});

test("any text can be read, and parts that make no sense are left out", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseLink(text);
    }),
  );
  expect(parseLink("?run=a&node=-1&at=1e9&x=0&y=0&k=0x5")).toEqual({ ...NO_VIEW, run: "a" });
  expect(
    parseLink(
      "?run=a&order=best&top=x&dead=1&by=&folded=..&scores=0.9-0.1&only=all&brush=9-3&read=no",
    ),
  ).toEqual({ ...NO_VIEW, run: "a" });
  expect(parseLink("?run=a&node=12&at=9999999999&x=1&y=2&k=3")).toEqual({
    ...NO_VIEW,
    run: "a",
    node: 12,
  });
});
