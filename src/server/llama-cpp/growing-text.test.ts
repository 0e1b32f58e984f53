import fc from "fast-check";
import { expect, test } from "vitest";
import { GrowingText } from "./growing-text.ts";

/** Every byte is a token, so that most characters of other scripts come in parts. */
const BYTES = {
  detokenize: (tokens: readonly number[]) => Buffer.from(tokens).toString("utf8"),
};

const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "é", "剪", "👩"), maxLength: 30 });
const stops = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n", "剪"), maxLength: 3 }), {
  maxLength: 3,
});

test("a text ends before its first stop, as soon as that is whole, whatever parts it comes in", () => {
  fc.assert(
    fc.property(text, stops, (whole, ends) => {
      const growing = new GrowingText(BYTES, [], ends);
      const tokens = [...Buffer.from(whole)];
      const stoppedAt = tokens.findIndex((token) => growing.add(token));
      const places = ends
        .filter((end) => end !== "" && whole.includes(end))
        .map((end) => ({ at: whole.indexOf(end), until: whole.indexOf(end) + end.length }));
      if (places.length === 0) {
        expect(stoppedAt).toBe(-1);
        expect(growing.end()).toBe(whole);
        return;
      }
      const until = Math.min(...places.map((place) => place.until));
      const { at } = places
        .filter((place) => place.until === until)
        .reduce((first, each) => (each.at < first.at ? each : first));
      expect(growing.end()).toBe(whole.slice(0, at));
      expect(stoppedAt).toBe(Buffer.byteLength(whole.slice(0, until)) - 1);
    }),
  );
});
