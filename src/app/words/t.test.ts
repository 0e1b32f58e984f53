import { afterEach, expect, test } from "vitest";
import { say } from "../../lib/said.ts";
import { preferredLanguage, useLanguage } from "./language.ts";
import { t, tCount, tSaid } from "./t.ts";

afterEach(() => useLanguage.setState({ language: "en", catalogue: null }));

test("a text is shown in the language that is spoken, and in English where it has no translation", () => {
  const catalogue = {
    "{count} nodes": "ノード {count} 個",
    "{from} to {to}": "{to} まで {from} から",
  };
  useLanguage.setState({ language: "ja", catalogue });
  expect(tCount(1, "{count} node", "{count} nodes")).toBe("ノード 1 個");
  expect(t("{from} to {to}", { from: "a", to: 2000 })).toBe("2,000 まで a から");
  expect(tSaid(say("{from} to {to}", { from: say("x"), to: 1 }))).toBe("1 まで x から");
  expect(t("not there")).toBe("not there");
});

test("the language is the chosen one, else the browser's first that there is, else English", () => {
  expect(preferredLanguage("ja", ["en-US"])).toBe("ja");
  expect(preferredLanguage(null, ["fr", "ja-JP", "en"])).toBe("ja");
  expect(preferredLanguage(null, ["en-GB", "ja"])).toBe("en");
  expect(preferredLanguage("klingon", ["fr"])).toBe("en");
  expect(preferredLanguage(null, ["constructor"])).toBe("en");
});
