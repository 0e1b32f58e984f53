import fc from "fast-check";
import { expect, test } from "vitest";
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

const anyView: fc.Arbitrary<LinkedView> = fc.record({
  run: fc.string({ minLength: 1 }).filter((run) => run.trim() !== ""),
  node: id,
  at: id,
  camera: fc.option(fc.record({ column: place, row: place, across: scale, rowPx: scale })),
  order: fc.constantFrom(...ORDERS),
  top: fc.nat(1_000_000),
  folding: fc.record({
    dead: fc.constantFrom("auto", "on", "off"),
    least: fc.nat(1_000_000),
    by: fc.constantFrom(...SIZES),
    folded: anyNodes,
    unfolded: anyNodes,
  }),
  find: fc.string({ unit: "grapheme", maxLength: 20 }),
  filter: fc.option(anyFilter),
  brush: fc.option(anyRange(2_000_000, 1)),
  titles: fc.boolean(),
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
