import fc from "fast-check";
import { expect, test } from "vitest";
import { embedJson } from "./one-page.ts";

test("Q3: what is embedded in a page is read back the same, and ends no script", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
      const contents = { value, text, bait: "</script><script>alert(1)</script><!--" };
      const embedded = embedJson(contents);
      expect(embedded).not.toContain("<");
      expect(JSON.parse(embedded)).toEqual(JSON.parse(JSON.stringify(contents)));
    }),
  );
});
