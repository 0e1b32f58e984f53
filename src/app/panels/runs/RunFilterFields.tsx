import { useFamilies } from "../../queries.ts";
import { t } from "../../words/t.ts";
import { StrategyOptions } from "../StrategyOptions.tsx";
import { filterRuns, RUN_FILTER_FIELD, useRunFilter } from "./run-filter.ts";

/** Narrows the list of runs by the problem's text, the strategy and the family. */
export function RunFilterFields() {
  const { text, strategy, family } = useRunFilter();
  const families = useFamilies();
  return (
    <search className="run-filter">
      <input
        id={RUN_FILTER_FIELD}
        type="search"
        aria-label={t("Filter by problem text")}
        placeholder={t("Filter by problem")}
        aria-keyshortcuts="O"
        value={text}
        onChange={(event) => filterRuns({ text: event.currentTarget.value })}
      />
      <select
        aria-label={t("Filter by strategy")}
        value={strategy}
        onChange={(event) => filterRuns({ strategy: event.currentTarget.value })}
      >
        <option value="">{t("Any strategy")}</option>
        <StrategyOptions />
      </select>
      <select
        aria-label={t("Filter by family")}
        value={family}
        onChange={(event) => filterRuns({ family: event.currentTarget.value })}
      >
        <option value="">{t("Any family")}</option>
        {families.data?.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </search>
  );
}
