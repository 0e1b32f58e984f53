/** What the page is about; the name is what a link says (`?page=recipe`). Searches need no name. */
export const PLACES = ["search", "recipe", "compare", "evaluations", "models"] as const;
export type Place = (typeof PLACES)[number];

/** What each is called, in the top bar and in the palette. */
export const PLACE_TITLES: Readonly<Record<Place, string>> = {
  search: "Search",
  recipe: "Recipe",
  compare: "Compare",
  evaluations: "Evaluate",
  models: "Models",
};

/** The one after it, as the top bar has them; after the last comes the first. */
export function nextPlace(place: Place): Place {
  return PLACES[(PLACES.indexOf(place) + 1) % PLACES.length]!;
}
