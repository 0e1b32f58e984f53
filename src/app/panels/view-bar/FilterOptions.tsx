import { useView } from "../../state/view.ts";
import { t } from "../../words/t.ts";
import { FilterFields } from "../later.ts";
import { Popover } from "./Popover.tsx";

/** Dims what does not pass; nothing is ever hidden by it. */
export function FilterOptions() {
  const isSet = useView(({ filter, brush }) => filter !== null || brush !== null);
  return (
    <Popover icon="filter" label={t("Filter")} isSet={isSet}>
      <FilterFields />
    </Popover>
  );
}
