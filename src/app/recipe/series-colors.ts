import { FAMILIES } from "../../problems/families.ts";

/** How many colours recipe.css has for families, and for everything else. */
const FAMILY_COLORS = 5;
const OTHER_COLORS = 6;

/**
 * The colour of every label, as CSS: a family has the same in all charts of the
 * page, other labels have that of their place among `others`. Colours are
 * repeated where there are more labels than colours.
 */
export function seriesColors(labels: readonly string[], others: readonly string[]): string[] {
  return labels.map((label) => {
    const family = FAMILIES.findIndex(({ name }) => name === label);
    return family >= 0
      ? `var(--family-${family % FAMILY_COLORS})`
      : `var(--series-${Math.max(0, others.indexOf(label)) % OTHER_COLORS})`;
  });
}

/** The labels that are no family, each once, in their order. */
export function othersOf(labels: Iterable<string>): string[] {
  return [...new Set(labels)].filter((label) => FAMILIES.every(({ name }) => name !== label));
}
