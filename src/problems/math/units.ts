/** Other spellings of units, after the plural's "s" is off. */
const ALIASES: Readonly<Record<string, string>> = {
  ...{
    inche: "inch",
    in: "inch",
    feet: "foot",
    ft: "foot",
    dollar: "$",
    percent: "%",
    degree: "°",
  },
  ...{ centimeter: "cm", centimetre: "cm", meter: "m", metre: "m", kilometer: "km" },
  ...{ kilometre: "km", millimeter: "mm", millimetre: "mm", kilogram: "kg", gram: "g" },
  ...{ second: "s", sec: "s", min: "minute", hr: "hour", sq: "square", deg: "°", usd: "$" },
  ...{ liter: "litre", euro: "€", pound: "£", mph: "mile/hour", people: "person" },
};

/** Units that people write behind a number without a command. */
const UNITS = new Set(
  (
    "cm mm km kg mg ml ft in inch inches feet foot yard yards mile miles mph meter meters metre metres " +
    "centimeter centimeters gram grams liter liters litre litres second seconds sec minute minutes min " +
    "hour hours hr hrs day days week weeks month months year years dollar dollars cent cents usd euro euros " +
    "degree degrees deg percent unit units square cubic sq people ways way times points inches gallons"
  ).split(" "),
);

export function isUnit(word: string): boolean {
  return UNITS.has(word.toLowerCase());
}

/**
 * One spelling for each unit: "inches", "in" after a number and "Inch" are one;
 * cm^2, "square cm" and "sq. centimeters" are one. `null` for what names none
 * ("units").
 */
export function spellUnit(text: string): string | null {
  const words = text
    .toLowerCase()
    .replaceAll(/\bper\b/g, "/")
    .replaceAll(/(\w+)\s*\^[\s{]*2/g, "square $1")
    .replaceAll(/(\w+)\s*\^[\s{]*3/g, "cubic $1")
    .match(/[a-z]+|[^\sa-z.{}]/g);
  const spelled = (words ?? [])
    .map((word) => singular(word))
    .filter((word) => word !== "unit")
    .join(" ")
    .replaceAll(/ ?\/ ?/g, "/");
  return spelled === "" || spelled === "square" || spelled === "cubic" ? null : spelled;
}

function singular(word: string): string {
  const stem =
    word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
  return ALIASES[stem] ?? stem;
}
