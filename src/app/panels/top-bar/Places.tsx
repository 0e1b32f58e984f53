import { PLACE_TITLES, PLACES } from "../../state/places.ts";
import { goTo, usePage } from "../page.ts";

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
          {PLACE_TITLES[place]}
        </button>
      ))}
    </nav>
  );
}
