import { createElement, Fragment, type ReactNode } from "react";
import {
  fillIn,
  type NamesIn,
  type Said,
  sayCount,
  type Value,
  type ValuesOf,
  valueIn,
} from "../../lib/said.ts";
import { useLanguage } from "./language.ts";

/**
 * A text of the interface in the reader's language, its values filled in. The
 * argument is the English text, in one piece: it is what the catalogues go by.
 * Called while something is shown, never when a module is loaded: the language
 * may change. A text without a translation stays English.
 */
export function t<const M extends string>(message: M, ...given: ValuesOf<M>): string {
  return fill(translated(message) ?? message, given[0] ?? {});
}

/** The text for a count of things: `tCount(n, "{count} node", "{count} nodes")`. Catalogues go by the plural. */
export function tCount<const One extends string, const Many extends string>(
  count: number,
  one: One,
  many: Many,
  values?: Readonly<Record<Exclude<NamesIn<One | Many>, "count">, Value>>,
): string {
  return tSaid(sayCount(count, one, many, values));
}

/** A sentence of a module that knows nothing of the reader, in the reader's language. */
export function tSaid({ message, english, values }: Said): string {
  return fill(translated(message) ?? english, values);
}

/** A text in pieces, with values of any kind between them. */
export function tPieces<const M extends string, V>(
  message: M,
  values: Readonly<Record<NamesIn<M>, V>>,
): (string | V)[] {
  return fillIn<V>(translated(message) ?? message, (name) => valueIn<V>(values, name));
}

/** A text with elements for values: `tParts("Press {key} to go on", { key: <kbd>N</kbd> })`. */
export function tParts<const M extends string>(
  message: M,
  values: Readonly<Record<NamesIn<M>, ReactNode>>,
): ReactNode {
  return createElement(Fragment, null, ...tPieces<M, ReactNode>(message, values));
}

/** The tag of the language that is shown, for `Intl`. */
export function locale(): string {
  return useLanguage.getState().language;
}

function translated(message: string): string | undefined {
  const { catalogue } = useLanguage.getState();
  return catalogue !== null && Object.hasOwn(catalogue, message) ? catalogue[message] : undefined;
}

function fill(text: string, values: Readonly<Record<string, Value>>): string {
  return text.includes("{")
    ? fillIn(text, (name) => written(valueIn(values, name))).join("")
    : text;
}

function written(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value !== "number") return tSaid(value);
  // Small numbers are the same in all languages, and in every frame.
  return value >= 0 && value < 1000 && Number.isInteger(value)
    ? String(value)
    : formatterOf(locale()).format(value);
}

let formatter = { of: "", numbers: new Intl.NumberFormat() };

/** What writes numbers in a language; kept, because to make one takes longer than to use it a hundred times. */
function formatterOf(language: string): Intl.NumberFormat {
  if (formatter.of !== language) {
    formatter = { of: language, numbers: new Intl.NumberFormat(language) };
  }
  return formatter.numbers;
}
