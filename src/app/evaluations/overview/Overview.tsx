import { useQuery } from "@tanstack/react-query";
import { useModels } from "../../queries.ts";
import { t } from "../../words/t.ts";
import { openForm, useDraft } from "../draft.ts";
import { evaluationsQuery } from "../evaluations-query.ts";
import { PRESET_IDS } from "../presets.ts";
import { EvaluationForm } from "./EvaluationForm.tsx";
import { EvaluationItem } from "./EvaluationItem.tsx";
import { PresetCards } from "./PresetCards.tsx";
import { StartButton } from "./StartButton.tsx";

/** What has been evaluated, and how to begin. */
export function Overview() {
  const list = useQuery(evaluationsQuery);
  const models = useModels();
  const isOpen = useDraft((draft) => draft.isOpen);
  const isEmpty = list.data?.length === 0;
  return (
    <>
      <header className="page-head">
        <h2>{t("Which way of searching is best, for which problem?")}</h2>
        <p>
          {t(
            "An evaluation runs several strategies at several budgets on the same held-out problems, and counts what each gets right and what it costs. Every point of its charts opens as the trees that it is made of.",
          )}
        </p>
        {isEmpty && !isOpen && models.data && <StartButton models={models.data} />}
        {models.isError && <Trouble message={models.error.message} onRetry={models.refetch} />}
      </header>
      {isOpen && models.data ? (
        <EvaluationForm models={models.data} earlier={list.data ?? []} />
      ) : (
        models.data && (
          <section aria-labelledby="evaluations-new">
            <header className="section-head">
              <h3 id="evaluations-new">{t(isEmpty ? "Or another one" : "Start one")}</h3>
              <button type="button" className="outlined" onClick={() => openForm()}>
                {t("Design your own")}
              </button>
            </header>
            <PresetCards
              models={models.data}
              earlier={list.data ?? []}
              ids={isEmpty ? PRESET_IDS.slice(1) : PRESET_IDS}
            />
          </section>
        )
      )}
      {list.isPending && <p className="soft">{t("Loading evaluations …")}</p>}
      {list.isError && <Trouble message={list.error.message} onRetry={list.refetch} />}
      {list.data !== undefined && list.data.length > 0 && (
        <section aria-labelledby="evaluations-there">
          <header className="section-head">
            <h3 id="evaluations-there">{t("Evaluations")}</h3>
          </header>
          <ul className="evaluation-list">
            {list.data.map((state) => (
              <li key={state.id}>
                <EvaluationItem state={state} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Trouble({ message, onRetry }: { message: string; onRetry: () => unknown }) {
  return (
    <p className="field-error" role="alert">
      {message}{" "}
      <button type="button" className="link" onClick={() => void onRetry()}>
        {t("Try again")}
      </button>
    </p>
  );
}
