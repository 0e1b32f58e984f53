import { PLACES, type Place } from "../../state/places.ts";
import { goTo, usePage } from "../page.ts";

const TITLES: Readonly<Record<Place, string>> = {
  search: "Search",
  recipe: "Recipe",
};

/** Between searches and what else there is to see. */
export function Places() {
  const here = usePage((page) => page.place);
  return (
    <nav className="places" aria-label="Pages">
      {PLACES.map((place) => (
        <button
          key={place}
          type="button"
          aria-current={here === place ? "page" : undefined}
          onClick={() => goTo(place)}
        >
          {TITLES[place]}
        </button>
      ))}
    </nav>
  );
}
