import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findTexts } from "../scripts/find-texts.ts";
import { JAPANESE } from "./app/words/ja/catalogue.ts";

const SRC = import.meta.dirname;
const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.|\.d\.ts|(^|\/)(random|fake)-|kernel/.test(file),
  )
  .map((file) => ({ file, texts: findTexts(file, readFileSync(path.join(SRC, file), "utf8")) }));

/** Places whose prose nobody reads: fonts, selectors, what is written into files for programs. */
const NO_PROSE = /^app\/(backend|words)\//;

const KEYS = new Set(FILES.flatMap(({ texts }) => texts.keys.map(({ text }) => text)));

test("I1: every text of the app stands in the catalogue", () => {
  const strays = FILES.filter(
    ({ file }) => file.startsWith("app/") && !NO_PROSE.test(file),
  ).flatMap(({ file, texts }) =>
    texts.strays.map(({ text, line }) => `${file}:${line} ${JSON.stringify(text.trim())}`),
  );
  expect(strays).toEqual([]);
});

test("I2: the catalogue has a Japanese text for every English one, and no other", () => {
  const known = new Set(Object.keys(JAPANESE));
  expect([...KEYS].filter((text) => !known.has(text))).toEqual([]);
  expect([...known].filter((text) => !KEYS.has(text))).toEqual([]);
});

test("I2: every text stands in one file of the catalogue", async () => {
  const folder = path.join(SRC, "app/words/ja");
  const files = readdirSync(folder).filter((file) => file !== "catalogue.ts");
  const tables = await Promise.all(files.map((file) => import(path.join(folder, file))));
  const texts = tables.flatMap((table) => Object.values<object>(table).flatMap(Object.keys));
  expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
});

test("I3: a translation has the values of its original", () => {
  const names = (text: string) => [...new Set(text.match(/\{[^{}]*\}/g))].toSorted();
  for (const [english, japanese] of Object.entries(JAPANESE)) {
    expect(names(japanese), english).toEqual(names(english));
    expect(japanese.trim(), english).not.toBe("");
  }
});

test("I4: no text is made before the language is known", () => {
  const early = FILES.flatMap(({ file, texts }) =>
    texts.early.map(({ text, line }) => `${file}:${line} ${text}`),
  );
  expect(early).toEqual([]);
});
