import "./runs.css";
import { useRunPages } from "../../queries.ts";
import { t, tCount } from "../../words/t.ts";
import { RunFilterFields } from "./RunFilterFields.tsx";
import { RunRow } from "./RunRow.tsx";
import { filterRuns, useRunFilter } from "./run-filter.ts";

/** All runs of this server, newest first. */
export function RunsPanel() {
  const filter = useRunFilter();
  const runs = useRunPages(filter);
  const listed = runs.data?.pages.flatMap((page) => page.runs) ?? [];
  const total = runs.data?.pages[0]?.total ?? 0;
  const isFiltered = Object.values(filter).some((value) => value !== "");
  return (
    <section className="panel runs" aria-labelledby="runs-title">
      <header>
        <h2 id="runs-title">{t("Runs")}</h2>
        {(total > 0 || isFiltered) && <RunFilterFields />}
      </header>
      {runs.isPending && <p className="soft">{t("Loading runs …")}</p>}
      {runs.isError && (
        <p className="field-error" role="alert">
          {runs.error.message}{" "}
          <button type="button" className="link" onClick={() => void runs.refetch()}>
            {t("Try again")}
          </button>
        </p>
      )}
      {runs.isSuccess && total === 0 && <NoRuns isFiltered={isFiltered} />}
      <ol className="run-list">
        {listed.map((run) => (
          <li key={run.id}>
            <RunRow run={run} />
          </li>
        ))}
      </ol>
      {total > 0 && (
        <p className="soft run-count" role="status">
          {listed.length < total
            ? t("showing {shown} of {count}", { shown: listed.length, count: total })
            : tCount(total, "{count} run", "{count} runs")}
        </p>
      )}
      {runs.hasNextPage && (
        <button
          type="button"
          className="outlined"
          disabled={runs.isFetchingNextPage}
          onClick={() => void runs.fetchNextPage()}
        >
          {runs.isFetchingNextPage ? t("Loading …") : t("Show more")}
        </button>
      )}
    </section>
  );
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <p className="soft">{t("Every run stays here. There are none yet.")}</p>;
  return (
    <p className="soft">
      {t("No run matches.")}{" "}
      <button
        type="button"
        className="link"
        onClick={() => filterRuns({ text: "", strategy: "", family: "" })}
      >
        {t("Show all")}
      </button>
    </p>
  );
}
