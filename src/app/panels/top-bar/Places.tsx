import { PLACE_TITLES, PLACES } from "../../state/places.ts";
import { t } from "../../words/t.ts";
import { goTo, usePage } from "../page.ts";

/** Between searches and what else there is to see. */
export function Places() {
  const here = usePage((page) => page.place);
  return (
    <nav className="places" aria-label={t("Pages")}>
      {PLACES.map((place) => (
        <button
          key={place}
          type="button"
          aria-current={here === place ? "page" : undefined}
          onClick={() => goTo(place)}
        >
          {t(PLACE_TITLES[place])}
        </button>
      ))}
    </nav>
  );
}
