import { useQuery } from "@tanstack/react-query";
import { t } from "../../words/t.ts";
import { AttemptCard } from "../AttemptCard.tsx";
import { showRun } from "../open-runs.ts";
import { ask } from "./answers.ts";
import type { Comparison } from "./comparison.ts";

/** What one of two policies answers. */
export function Column({ comparison, policy }: { comparison: Comparison; policy: string }) {
  const { problem, seed, verifier } = comparison;
  const answers = useQuery({
    queryKey: ["compare", problem, seed, verifier, policy],
    queryFn: ({ signal }) => ask(comparison, policy, signal),
    // The same seed gives the same answers.
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY, retry: false },
  });
  return (
    <section className="column" aria-label={policy} aria-busy={answers.isPending}>
      <header>
        <h4 className="mono">{policy}</h4>
        {answers.data && (
          <>
            <TreeLink run={answers.data.greedy.run}>{t("Greedy as a tree")}</TreeLink>
            <TreeLink run={answers.data.sampled.run}>{t("Samples as a tree")}</TreeLink>
          </>
        )}
      </header>
      {answers.isPending && <p className="soft">{t("Answering …")}</p>}
      {answers.isError && (
        <p className="field-error" role="alert">
          {answers.error.message}
        </p>
      )}
      {answers.data && (
        <ol className="attempts">
          {[...answers.data.greedy.attempts, ...answers.data.sampled.attempts].map((attempt, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name, and never move
            <AttemptCard key={i} {...attempt} />
          ))}
        </ol>
      )}
    </section>
  );
}

function TreeLink({ run, children }: { run: string; children: string }) {
  return (
    <button type="button" className="link" onClick={() => showRun(run)}>
      {children}
    </button>
  );
}
