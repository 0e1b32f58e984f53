import { useState } from "react";
import { FAMILIES } from "../../problems/families.ts";
import { isReplayed } from "../../protocol/replayed-name.ts";
import type { RunSummary } from "../../protocol/runs.ts";
import { strategyTitle } from "../../protocol/strategy-facts/table.ts";
import { useDraft } from "../panels/new-run/draft.ts";
import { outcomeOf } from "../panels/runs/run-words.ts";
import { ShortText } from "../panels/ShortText.tsx";
import { useRunPages } from "../queries.ts";
import { MOST_COMPARED, NO_COMPARISON, useCompared } from "../state/compared.ts";
import { useView } from "../state/view.ts";
import { t, tParts, tSaid } from "../words/t.ts";
import { PresetList } from "./PresetList.tsx";

/** Where a comparison begins: new searches of the problem in the form, or runs that are there. */
export function Chooser() {
  const text = useDraft((draft) => draft.text ?? FAMILIES[0]!.example);
  return (
    <div className="chooser">
      <section aria-labelledby="compare-new">
        <h3 id="compare-new">{t("Start searches side by side")}</h3>
        <p className="soft">
          {tParts("Of the problem in the form, {problem}:", {
            problem: <ShortText className="mono" text={text} cap={80} />,
          })}
        </p>
        <PresetList />
      </section>
      <RunChoice />
    </div>
  );
}

function RunChoice() {
  const open = useView((view) => view.runId);
  const [chosen, choose] = useState<readonly string[]>(open === null ? [] : [open]);
  const pages = useRunPages({ text: "", strategy: "", family: "" });
  const runs = pages.data?.pages.flatMap((page) => page.runs) ?? [];
  const isFull = chosen.length >= MOST_COMPARED;
  return (
    <section aria-labelledby="compare-there">
      <h3 id="compare-there">{t("Or compare runs that are there")}</h3>
      <p className="soft">{t("Two to four, of one problem or of several.")}</p>
      {pages.isError && (
        <p className="field-error" role="alert">
          {pages.error.message}
        </p>
      )}
      <ul className="run-choice">
        {runs.map((run) => {
          const isChosen = chosen.includes(run.id);
          return (
            <li key={run.id}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={isFull && !isChosen}
                  onChange={() =>
                    choose(isChosen ? chosen.filter((id) => id !== run.id) : [...chosen, run.id])
                  }
                />
                <RunLine run={run} />
              </label>
            </li>
          );
        })}
      </ul>
      {pages.isSuccess && runs.length === 0 && <p className="soft">{t("There are none yet.")}</p>}
      <button
        type="button"
        className="primary"
        disabled={chosen.length < 2}
        onClick={() => useCompared.setState({ ...NO_COMPARISON, runs: chosen })}
      >
        {chosen.length < 2 ? t("Compare") : t("Compare {count} runs", { count: chosen.length })}
      </button>
    </section>
  );
}

function RunLine({ run }: { run: RunSummary }) {
  const how = isReplayed(run.policy)
    ? t("replayed")
    : `${tSaid(strategyTitle(run.strategy))} · ${t("seed {seed}", { seed: String(run.seed) })}`;
  return (
    <span>
      <ShortText className="mono" text={run.problem.text} cap={60} />{" "}
      <span className="soft">{`${how} · ${outcomeOf(run).word}`}</span>
    </span>
  );
}
