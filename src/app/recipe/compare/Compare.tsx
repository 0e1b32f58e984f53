import { useMutation } from "@tanstack/react-query";
import { useId } from "react";
import { FAMILIES } from "../../../problems/families.ts";
import type { ModelCard } from "../../../protocol/runs.ts";
import { Icon } from "../../panels/Icon.tsx";
import { rollSeed } from "../../panels/new-run/draft.ts";
import { useModels } from "../../queries.ts";
import { checkProblem, fetchProblems } from "../../state/api.ts";
import { t, tSaid } from "../../words/t.ts";
import { Column } from "./Column.tsx";
import { change, useComparison, usualModels } from "./comparison.ts";

const MAX_SEED = 0xffff_ffff;

/** Two policies side by side, on the same problem and with the same seed. */
export function Compare() {
  const asked = useComparison((draft) => draft.asked);
  return (
    <section className="compare" aria-label={t("Before and after")}>
      <header>
        <h3>{t("Before and after")}</h3>
        <p className="soft">
          {t(
            "Two policies answer the same problem with the same seed: greedily, and three times as they sample. Every step is scored by one verifier.",
          )}
        </p>
      </header>
      <CompareForm />
      {asked !== null && (
        <div className="columns">
          {asked.policies.map((policy, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the first stays the first, and both may be one policy
            <Column key={i} comparison={asked} policy={policy} />
          ))}
        </div>
      )}
    </section>
  );
}

function CompareForm() {
  const draft = useComparison();
  const models = useModels();
  const usual = models.data && usualModels(models.data);
  const before = draft.before ?? usual?.before;
  const after = draft.after ?? usual?.after;
  const verifier = draft.verifier ?? usual?.verifier;
  const check = draft.problem === "" ? null : checkProblem(draft.problem);
  const ready =
    check?.ok === true && !Number.isNaN(draft.seed) && before && after && verifier
      ? ({ problem: draft.problem, seed: draft.seed, policies: [before, after], verifier } as const)
      : null;
  return (
    <form
      className="compare-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) change({ asked: ready });
      }}
    >
      <ProblemField
        text={draft.problem}
        error={check?.ok === false ? tSaid(check.message) : null}
      />
      <Choice
        label={t("Before")}
        models={models.data?.policies}
        value={before}
        onChange={(name) => change({ before: name })}
      />
      <Choice
        label={t("After")}
        models={models.data?.policies}
        value={after}
        onChange={(name) => change({ after: name })}
      />
      <Choice
        label={t("Scored by")}
        models={models.data?.verifiers}
        value={verifier}
        onChange={(name) => change({ verifier: name })}
      />
      <label className="field seed">
        <span className="label">{t("Seed")}</span>
        <input
          type="number"
          min={0}
          max={MAX_SEED}
          required
          value={Number.isNaN(draft.seed) ? "" : draft.seed}
          onChange={({ currentTarget }) => change({ seed: currentTarget.valueAsNumber })}
        />
      </label>
      <button type="submit" className="primary" disabled={ready === null}>
        {t("Compare")}
      </button>
      {models.isError && (
        <p className="field-error" role="alert">
          {models.error.message}
        </p>
      )}
    </form>
  );
}

function ProblemField({ text, error }: { text: string; error: string | null }) {
  const errorId = useId();
  const drawing = useMutation({
    mutationFn: async (family: string) => {
      const { problems } = await fetchProblems({ family, seed: rollSeed() });
      change({ problem: problems[rollSeed(problems.length)]!.text });
    },
  });
  const trouble = error ?? drawing.error?.message ?? null;
  return (
    <div className="field problem">
      <label>
        <span className="label">{t("Problem")}</span>
        <input
          type="text"
          className="mono"
          maxLength={2000}
          required
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder={FAMILIES[0]!.example}
          value={text}
          aria-invalid={trouble !== null}
          aria-describedby={errorId}
          onChange={({ currentTarget }) => change({ problem: currentTarget.value })}
        />
      </label>
      <div className="draws">
        <span className="soft">{t("Draw one:")}</span>
        {FAMILIES.map(({ name, about }) => (
          <button
            key={name}
            type="button"
            title={t("{about} One that no model was trained on.", { about: t(about) })}
            onClick={() => drawing.mutate(name)}
          >
            <Icon name="dice" /> {name}
          </button>
        ))}
      </div>
      <p id={errorId} className="field-error" aria-live="polite">
        {trouble}
      </p>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  models: readonly ModelCard[] | undefined;
  value: string | undefined;
  onChange: (name: string) => void;
}

function Choice({ label, models = [], value, onChange }: ChoiceProps) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {models.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
