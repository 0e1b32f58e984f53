import fc from "fast-check";
import { expect, test } from "vitest";
import { streamOf } from "./byte-stream.ts";
import { readSse, type SseMessage } from "./read-sse.ts";

async function read(text: string, cuts: readonly number[] = []): Promise<SseMessage[]> {
  const messages: SseMessage[] = [];
  for await (const message of readSse(streamOf(text, cuts))) messages.push(message);
  return messages;
}

test("messages do not depend on where chunks are cut or how lines end", async () => {
  const line = fc.string({ unit: "grapheme", maxLength: 12 }).filter((s) => !/[\r\n]/.test(s));
  const message = fc.record({
    type: fc.constantFrom("message", "end"),
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { maxLength: 5 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.nat(200)),
      async (messages, end, cuts) => {
        const text = messages
          .map(({ type, lines }) =>
            [
              `: comment`,
              `event: ${type}`,
              "id: 7",
              ...lines.map((l) => `data: ${l}`),
              "",
              "",
            ].join(end),
          )
          .join("");
        const expected = messages.map(({ type, lines }) => ({ type, data: lines.join("\n") }));
        expect(await read(text, cuts)).toEqual(expected);
      },
    ),
  );
});

test("a message that the stream breaks off is dropped", async () => {
  expect(await read("data: whole\n\ndata: broken\n")).toEqual([{ type: "message", data: "whole" }]);
  expect(await read("data: whole\n\ndata: bro")).toEqual([{ type: "message", data: "whole" }]);
});

test("a message without data is none, and its type is not kept for the next", async () => {
  expect(await read("event: end\n\ndata: x\n\n")).toEqual([{ type: "message", data: "x" }]);
});

test("a field without a colon is empty, and only one space after it is skipped", async () => {
  expect(await read("data\ndata:  two\ndata:none\n\n")).toEqual([
    { type: "message", data: "\n two\nnone" },
  ]);
});
