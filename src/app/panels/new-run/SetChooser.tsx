import { useMutation } from "@tanstack/react-query";
import type { SetProblem, UploadedSet } from "../../../protocol/uploaded-sets.ts";
import { formatCount } from "../../format.ts";
import { useSetPages } from "../../queries.ts";
import { t } from "../../words/t.ts";
import { useDraft } from "./draft.ts";
import { removeSet, takeProblem } from "./upload-set.ts";

interface SetChooserProps {
  sets: readonly UploadedSet[];
  /** The one whose problems are shown. */
  set: UploadedSet;
  onChoose: (id: string) => void;
}

/** Chooses a set, and a problem of it. */
export function SetChooser({ sets, set, onChoose }: SetChooserProps) {
  const pages = useSetPages(set.id);
  const removing = useMutation({ mutationFn: () => removeSet(set.id) });
  const problems = pages.data?.pages.flatMap((page) => page.problems) ?? [];
  const taken = useDraft(({ known, text }) => (known?.problem === text ? text : null));
  const error = removing.error ?? pages.error;
  return (
    <>
      <div className="source">
        <select
          aria-label={t("Problem set")}
          value={set.id}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        >
          {sets.map(({ id, name, problems: count }) => (
            <option key={id} value={id}>{`${name} · ${formatCount(count)}`}</option>
          ))}
        </select>
        <button
          type="button"
          className="outlined"
          disabled={removing.isPending}
          title={t("Delete this set; runs that were made of it stay")}
          onClick={() => removing.mutate()}
        >
          {t("Delete")}
        </button>
      </div>
      <select
        className="set-problems"
        size={6}
        aria-label={t("Problems of {set}", { set: set.name })}
        value={problems.find(({ problem }) => problem === taken)?.index ?? ""}
        onChange={({ currentTarget }) => {
          const problem = problems[Number(currentTarget.value)];
          if (problem) takeProblem(problem);
        }}
      >
        {problems.map((problem) => (
          <option key={problem.index} value={problem.index}>
            {titleOf(problem)}
          </option>
        ))}
      </select>
      {pages.hasNextPage && (
        <button
          type="button"
          className="link"
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t("Show more of {count}", { count: set.problems })}
        </button>
      )}
      {error && (
        <p className="field-error" role="alert">
          {error.message}
        </p>
      )}
    </>
  );
}

/** Longest title, in characters. */
const TITLE = 120;

function titleOf({ index, level, problem }: SetProblem): string {
  const grade = level === null ? "" : `L${level} · `;
  const text = problem.replaceAll(/\s+/g, " ");
  return `${index + 1}. ${grade}${text.length > TITLE ? `${text.slice(0, TITLE)}…` : text}`;
}
