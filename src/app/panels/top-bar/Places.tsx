import { goTo, type Place, usePage } from "../page.ts";

const PLACES: readonly { readonly place: Place; readonly title: string }[] = [
  { place: "search", title: "Search" },
  { place: "recipe", title: "Recipe" },
];

/** Between searches and the recipe that makes their models. */
export function Places() {
  const here = usePage((page) => page.place);
  return (
    <nav className="places" aria-label="Pages">
      {PLACES.map(({ place, title }) => (
        <button
          key={place}
          type="button"
          aria-current={here === place ? "page" : undefined}
          onClick={() => goTo(place)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
