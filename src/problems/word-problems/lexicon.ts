/**
 * The words that may take a place in a sentence, by class: everything else in a
 * sentence is fixed. A word is in one class only, which is what makes every
 * sentence readable by its signature (see `sentences.ts`).
 */
export const WOMEN = ["Ann", "Eve", "Ida", "Mia", "Zoe"] as const;
export const MEN = ["Bob", "Dan", "Leo", "Max", "Sam", "Tom"] as const;
export const VEHICLES = ["bus", "car", "truck", "train"] as const;

/** Singular by plural. */
export const THINGS = {
  balls: "ball",
  beads: "bead",
  cards: "card",
  cups: "cup",
  nuts: "nut",
  pears: "pear",
  pens: "pen",
  plums: "plum",
  rolls: "roll",
  shells: "shell",
  stamps: "stamp",
  toys: "toy",
} as const;
export const CONTAINERS = { bags: "bag", boxes: "box", jars: "jar", trays: "tray" } as const;
export const DISHES = { cakes: "cake", pies: "pie", tarts: "tart" } as const;

const PRONOUNS = ["She", "He", "It", "she", "he", "it"] as const;

export type WordClass =
  | "number"
  | "who"
  | "whom"
  | "vehicle"
  | "things"
  | "thing"
  | "containers"
  | "container"
  | "dishes"
  | "dish";

const CLASS_OF: ReadonlyMap<string, WordClass> = new Map<string, WordClass>([
  ...classed("who", [...WOMEN, ...MEN, ...PRONOUNS]),
  ...classed("whom", ["her", "him"]),
  ...classed("vehicle", VEHICLES),
  ...classed("things", Object.keys(THINGS)),
  ...classed("thing", Object.values(THINGS)),
  ...classed("containers", Object.keys(CONTAINERS)),
  ...classed("container", Object.values(CONTAINERS)),
  ...classed("dishes", Object.keys(DISHES)),
  ...classed("dish", Object.values(DISHES)),
]);

const PLURAL_OF: ReadonlyMap<string, string> = new Map(
  [THINGS, CONTAINERS, DISHES].flatMap((nouns) =>
    Object.entries(nouns).map(([plural, singular]) => [singular, plural] as const),
  ),
);

/** The class of a word; `null` for one that is fixed. */
export function classOf(word: string): WordClass | null {
  if (/^\d+$/.test(word)) return "number";
  return CLASS_OF.get(word) ?? null;
}

/** The plural of a noun of the lexicon, and any other word as it is. */
export function pluralOf(singular: string): string {
  return PLURAL_OF.get(singular) ?? singular;
}

export function singularOf(plural: string): string {
  const nouns: Readonly<Record<string, string>> = { ...THINGS, ...CONTAINERS, ...DISHES };
  return nouns[plural] ?? plural;
}

/** Whom a person's name or a pronoun can stand for. */
export function genderOf(word: string): "she" | "he" | "it" {
  if (isOneOf(WOMEN, word) || word.toLowerCase() === "she" || word === "her") return "she";
  if (isOneOf(MEN, word) || word.toLowerCase() === "he" || word === "him") return "he";
  return "it";
}

export function isName(word: string): boolean {
  return isOneOf(WOMEN, word) || isOneOf(MEN, word);
}

function isOneOf(words: readonly string[], word: string): boolean {
  return words.includes(word);
}

function classed(name: WordClass, words: readonly string[]): [string, WordClass][] {
  return words.map((word) => [word, name]);
}
