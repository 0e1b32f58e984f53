import { msg } from "../../lib/said.ts";
/** What the page is about; the name is what a link says (`?page=recipe`). Searches need no name. */
export const PLACES = ["search", "recipe", "compare", "evaluations", "models"] as const;
export type Place = (typeof PLACES)[number];

/** What each is called, in the top bar and in the palette. */
export const PLACE_TITLES = {
  search: msg("Search"),
  recipe: msg("Recipe"),
  compare: msg("Compare"),
  evaluations: msg("Evaluate"),
  models: msg("Models"),
} as const satisfies Record<Place, string>;

/** The one after it, as the top bar has them; after the last comes the first. */
export function nextPlace(place: Place): Place {
  return PLACES[(PLACES.indexOf(place) + 1) % PLACES.length]!;
}
