import fc from "fast-check";
import { expect, test } from "vitest";
import { type Json, PYTHON, readJson, type Spelling, writeJson } from "./json-spelling.ts";
import { RowError } from "./row-error.ts";

const gap = fc.constantFrom("" as const, " " as const);
const spellings: fc.Arbitrary<Spelling> = fc.record({
  afterComma: gap,
  afterColon: gap,
  ascii: fc.boolean(),
  sources: fc.constant(new Map<string, string>()),
});
const values = fc.oneof(
  fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }),
  fc.jsonValue({ maxDepth: 4, stringUnit: "grapheme" }),
) as fc.Arbitrary<Json>;

function again(text: string): string {
  const { value, spelling } = readJson(text);
  return writeJson(value, spelling);
}

test("F1: what was written in any spelling is read and written to the same text", () => {
  fc.assert(
    fc.property(values, spellings, (value, spelling) => {
      const text = writeJson(value, spelling);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(again(text)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test.each([
  [
    "Python's numbers",
    '{"a": 1.0, "b": [1e-05, 1e+16, -0.0, 12345678901234567890, 0.1], "c": 1E5}',
  ],
  ["numbers beyond all bounds", '{"a": 1e400}'],
  [
    "Python's escapes",
    '{"a": "\\u00e9\\ud83d\\ude00\\u2028\\u007f\\u0000\\u001f\\b\\f\\n\\r\\t\\"\\\\/"}',
  ],
  [
    "the same without ensure_ascii",
    '{"a": "é😀\u2028\u007f\\u0000\\u001f\\b\\f\\n\\r\\t\\"\\\\/"}',
  ],
  ["half of a pair", '{"a": "\\ud800", "b": "\\udc00\\ud800"}'],
  ["the slashes of pandas", '{"a":"1\\/2","b":["http:\\/\\/x"]}'],
  ["capital hexadecimal digits", '{"a": "\\u00E9\\u0041"}'],
  ["both kinds of escapes", '{"a":"é\\u00e9","b":"\\u00e9"}'],
  ["gaps after commas only", '{"a":1, "b":[1, 2]}'],
  ["empty things", '{"a": {}, "b": [], "": ""}'],
  ["a key that objects have", '{"__proto__": 1.0, "constructor": {"toString": 2.50}}'],
  ["a bare value", '"\\/"'],
  ["keys with brackets and colons in them", '{"a:{": "},[", "b,": [":", "\\":"]}'],
  ["keys of other alphabets", '{"ключ": "ки"}'],
])("F1: %s stay as they are", (_, text) => {
  expect(again(text)).toBe(text);
});

test("a value that is changed is written anew, and its neighbours keep their spelling", () => {
  const { value, spelling } = readJson('{"a": 1.0, "b": 2.0, "c": "\\/"}');
  const changed = { ...(value as { [key: string]: Json }), a: 3 };
  expect(writeJson(changed, spelling)).toBe('{"a": 3, "b": 2.0, "c": "\\/"}');
});

test("new values are spelled as Python's json.dumps does", () => {
  const value = { a: "é😀\u007f\u2028/\u0000", b: [1, 0.5, true, null] };
  expect(writeJson(value, PYTHON)).toBe(
    '{"a": "\\u00e9\\ud83d\\ude00\\u007f\\u2028/\\u0000", "b": [1, 0.5, true, null]}',
  );
});

test("a key that is there twice is an error, whatever its spelling", () => {
  expect(() => readJson('{"a": {"b": 1, "\\u0062": 2}}')).toThrow("is there twice");
  expect(() => readJson('{"a": {"b": 1}, "b": 2}')).not.toThrow();
});

test("deep nesting is an error, however deep", () => {
  for (const depth of [33, 1000, 1_000_000]) {
    expect(() => readJson("[".repeat(depth) + "]".repeat(depth))).toThrow("nested deeper than 32");
  }
  const most = "[".repeat(32) + "]".repeat(32);
  expect(again(most)).toBe(most);
});

test("what is not JSON is an error that can be listed", () => {
  const nearly = fc
    .array(fc.constantFrom(...'{}[],:"\\ 01.e-+ntu', '"a"', "\\u00", "true", "NaN"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string({ unit: "binary" })), (text) => {
      try {
        again(text);
      } catch (error) {
        expect(error).toBeInstanceOf(RowError);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a text of many escapes is read in time that grows with its length alone", () => {
  const text = JSON.stringify({ a: '\\"'.repeat(500_000), b: "\\".repeat(1_000_000) });
  const start = performance.now();
  expect(again(text)).toBe(text);
  expect(performance.now() - start).toBeLessThan(3000);
});
