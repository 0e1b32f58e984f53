import fc from "fast-check";
import { expect, test } from "vitest";
import { collected, inPieces } from "./random-judged.ts";
import { readRowTexts } from "./row-texts.ts";

const encoder = new TextEncoder();
const BOM = "\ufeff";

async function rowsOf(
  file: string | Uint8Array,
  { sizes = [], maxRowBytes }: { sizes?: readonly number[]; maxRowBytes?: number } = {},
): Promise<[number, string][]> {
  const bytes = typeof file === "string" ? encoder.encode(file) : file;
  const options = maxRowBytes === undefined ? {} : { maxRowBytes };
  const rows = await collected(readRowTexts(inPieces(bytes, sizes), options));
  return rows.map((row) => [row.line, "error" in row ? `! ${row.error.message}` : row.text]);
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
const line = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .map((text) => `x${text.replaceAll(/[\r\n]/g, " ")}`);

test("F2: every line comes with its number, whatever the ends of lines and the pieces", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.constantFrom("\n", "\r\n"),
      fc.constantFrom("", BOM),
      fc.constantFrom("", "\n", "\r\n", "\n\n \n"),
      sizes,
      async (lines, end, mark, last, of) => {
        const file = `${mark}${lines.join(end)}${last}`;
        const expected = lines.map((text, i) => [i + 1, text]);
        expect(await rowsOf(file, { sizes: of })).toEqual(expected);
      },
    ),
  );
});

test("F2: the items of one list are rows, whatever the spaces and the pieces", async () => {
  const objects = fc.array(fc.dictionary(line, fc.jsonValue()), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      objects,
      fc.constantFrom(0, 2),
      fc.constantFrom("", BOM),
      sizes,
      async (items, indent, mark, of) => {
        const rows = await rowsOf(`${mark}\n${JSON.stringify(items, null, indent)}\n`, {
          sizes: of,
        });
        const plain = JSON.parse(JSON.stringify(items));
        expect(rows.map(([, text]) => JSON.parse(text))).toEqual(plain);
      },
    ),
  );
});

test("an item has the number of the line that it begins in", async () => {
  expect(await rowsOf('[\n {"a": 1},\n\n {\n "b": 2}\n]\n')).toEqual([
    [2, '\n {"a": 1}'],
    [4, '\n\n {\n "b": 2}\n'],
  ]);
});

test.each([
  [
    "an empty line between rows",
    "a\n\r\n\nb\n",
    [
      [1, "a"],
      [2, "! an empty line"],
      [3, "! an empty line"],
      [4, "b"],
    ],
  ],
  ["nothing", "", []],
  ["a mark and nothing", BOM, []],
  ["an empty list", "[ ]\n", []],
  [
    "a list that is never closed",
    '[{"a":1},\n{"b"',
    [
      [1, '{"a":1}'],
      [2, "! the list is never closed"],
    ],
  ],
  [
    "an empty item",
    "[1,,2]",
    [
      [1, "1"],
      [1, "! an empty item"],
      [1, "2"],
    ],
  ],
  [
    "more after a list",
    "[1]\n]x",
    [
      [1, "1"],
      [2, "! more after the end of the list"],
    ],
  ],
  [
    "brackets in a text of a list",
    '["]\\"[", "{"]',
    [
      [1, '"]\\"["'],
      [1, ' "{"'],
    ],
  ],
])("%s", async (_, file, expected) => {
  expect(await rowsOf(file)).toEqual(expected);
});

test("a row that is too long is an error, and the next one is read", async () => {
  const file = `aaaa\n${"b".repeat(100)}\ncccc\n`;
  const expected = [
    [1, "aaaa"],
    [2, "! longer than 4 bytes"],
    [3, "cccc"],
  ];
  expect(await rowsOf(file, { maxRowBytes: 4 })).toEqual(expected);
  expect(await rowsOf(file, { maxRowBytes: 4, sizes: [3] })).toEqual(expected);
  expect(await rowsOf('[1,"abcdef",2]', { maxRowBytes: 4 })).toEqual([
    [1, "1"],
    [1, "! longer than 4 bytes"],
    [1, "2"],
  ]);
});

test("bytes that are not UTF-8 are an error of their line, and no other character takes their place", async () => {
  const file = new Uint8Array([97, 10, 0xff, 98, 10, 0xed, 0xa0, 0x80, 10, 99]);
  expect(await rowsOf(file)).toEqual([
    [1, "a"],
    [2, "! not UTF-8"],
    [3, "! not UTF-8"],
    [4, "c"],
  ]);
});

test("any bytes in any pieces are read without an exception", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), sizes, async (bytes, of) => {
      expect(await rowsOf(bytes, { sizes: of, maxRowBytes: 8 })).toEqual(
        await rowsOf(bytes, { maxRowBytes: 8 }),
      );
    }),
    { numRuns: 500 },
  );
});
