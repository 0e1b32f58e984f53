import { type Said, sayCount } from "../../../lib/said.ts";
import type { UploadedSetPage } from "../../../protocol/uploaded-sets.ts";
import { ApiError } from "../../backend/backend.ts";
import { t, tCount } from "../../words/t.ts";

/** Says what became of an uploaded file: how much was kept, and every row that does not fit. */
export function UploadResult({
  page,
  error,
}: {
  page: UploadedSetPage | null;
  error: Error | null;
}) {
  if (error !== null) {
    const rows = error instanceof ApiError ? (error.details.errors ?? []) : [];
    return (
      <div role="alert">
        <p className="field-error">{error.message}</p>
        {rows.length > 1 && (
          <RowList
            rows={rows.map(({ field, message }) => [field.replace(/^body\./, ""), message])}
          />
        )}
      </div>
    );
  }
  if (page === null) return null;
  const { set, refused } = page;
  return (
    <div role="status">
      <p className="soft">
        {set.refused === 0
          ? t("{set}: {problems} kept", { set: set.name, problems: problemsOf(set) })
          : t("{set}: {problems} kept, {rows} left out:", {
              ...{ set: set.name, problems: problemsOf(set) },
              rows: sayCount(set.refused, "{count} row", "{count} rows"),
            })}
      </p>
      {refused.length > 0 && (
        <RowList rows={refused.map(({ line, reason }) => [String(line), reason])} />
      )}
      {set.refused > refused.length && (
        <p className="soft">
          {tCount(set.refused - refused.length, "and {count} row more", "and {count} rows more")}
        </p>
      )}
    </div>
  );
}

function RowList({ rows }: { rows: readonly (readonly [line: string, reason: string])[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by key
    <ul className="refused-rows" aria-label={t("Rows that do not fit")} tabIndex={0}>
      {rows.map(([line, reason]) => (
        <li key={line}>
          <span className="soft">{t("line {line}", { line })} </span>
          {reason}
        </li>
      ))}
    </ul>
  );
}

function problemsOf({ problems }: UploadedSetPage["set"]): Said {
  return sayCount(problems, "{count} problem", "{count} problems");
}
