/** What may stand in place of a name in braces. Whole numbers are written as the reader's language groups them. */
export type Value = string | number | Said;

/** The names that stand in braces in a message, as a union. */
export type NamesIn<M extends string> = M extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The values that a message asks for: one for every name, none where it has no names. */
export type ValuesOf<M extends string> = [NamesIn<M>] extends [never]
  ? []
  : [values: Readonly<Record<NamesIn<M>, Value>>];

/**
 * A sentence of the interface that is not in a language yet. Modules that know
 * nothing of the reader (the strategies' facts, say) speak in it.
 */
export interface Said {
  /** The English text by which catalogues know the sentence, values in braces; of a count the plural. */
  readonly message: string;
  /** The English text for these values: `message`, or its singular. */
  readonly english: string;
  readonly values: Readonly<Record<string, Value>>;
}

/** Marks a text as one that catalogues hold. Changes nothing; a test finds the texts by it. */
export function msg<const M extends string>(message: M): M {
  return message;
}

/** A sentence with its values. */
export function say<const M extends string>(message: M, ...given: ValuesOf<M>): Said {
  return { message, english: message, values: given[0] ?? {} };
}

/** A sentence about `{count}` things: English has two forms of it. */
export function sayCount<const One extends string, const Many extends string>(
  count: number,
  one: One,
  many: Many,
  values: Readonly<Record<Exclude<NamesIn<One | Many>, "count">, Value>> = Object.create(null),
): Said {
  return { message: many, english: count === 1 ? one : many, values: { ...values, count } };
}

const NAME = /\{([^{}]*)\}/;

/** Messages taken apart: texts at even places, names at odd ones. They are few, and some are said in every frame. */
const TAKEN_APART = new Map<string, readonly string[]>();

/** The text with every name in braces replaced. Throws a `RangeError` if there is no value for one. */
export function fillIn<T>(text: string, valueFor: (name: string) => T): (string | T)[] {
  let apart = TAKEN_APART.get(text);
  if (apart === undefined) {
    apart = text.split(NAME);
    TAKEN_APART.set(text, apart);
  }
  const parts: (string | T)[] = [];
  for (const [i, part] of apart.entries()) {
    if (i % 2 === 1) parts.push(valueFor(part));
    else if (part !== "") parts.push(part);
  }
  return parts;
}

/** The value of this name. Throws a `RangeError` if there is none. */
export function valueIn<V>(values: Readonly<Record<string, V>>, name: string): V {
  if (Object.hasOwn(values, name)) return values[name]!;
  throw new RangeError(`a message asks for {${name}}, which has no value`);
}

const ENGLISH = new Intl.NumberFormat("en", { maximumFractionDigits: 20 });

/** A sentence in English, for readers whose language nobody knows: logs, command lines. */
export function inEnglish({ english, values }: Said): string {
  return fillIn(english, (name) => {
    const value = valueIn(values, name);
    if (typeof value === "number") return ENGLISH.format(value);
    return typeof value === "string" ? value : inEnglish(value);
  }).join("");
}
