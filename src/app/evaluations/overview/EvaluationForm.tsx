import { useId } from "react";
import type { EvaluationState } from "../../../protocol/evaluations.ts";
import type { ModelList } from "../../../protocol/runs.ts";
import { refusalElsewhere, refusalOf } from "../../panels/new-run/draft.ts";
import { ModelSelect } from "../../panels/new-run/ModelSelect.tsx";
import { NumberField } from "../../panels/new-run/NumberField.tsx";
import { t } from "../../words/t.ts";
import { closeForm, edit, start, useDraft, usualOf } from "../draft.ts";
import { type Experiment, specOf } from "../experiment.ts";
import { presetOf } from "../presets.ts";
import { ArmFields } from "./ArmFields.tsx";
import { CountFields, ProblemFields } from "./ProblemFields.tsx";
import { SizeWords } from "./SizeWords.tsx";

/** Fields that show their own refusal; whatever else the server names is shown above the button. */
const FIELDS = ["policy", "verifier"];

interface EvaluationFormProps {
  readonly models: ModelList;
  readonly earlier: readonly EvaluationState[];
}

/** Everything that makes an evaluation. */
export function EvaluationForm({ models, earlier }: EvaluationFormProps) {
  const draft = useDraft();
  const { policy: usual, names } = usualOf(models);
  const experiment = draft.experiment ?? presetOf("bestAgainstBeam", names, usual);
  const read = specOf(experiment);
  const faults = "faults" in read ? read.faults : {};
  const change = (part: Partial<Experiment>) => edit({ ...experiment, ...part });
  const cardOf = (of: ModelList["policies"], name: string) => of.find((card) => card.name === name);
  const policy = cardOf(models.policies, experiment.policy);
  const elsewhere = refusalElsewhere(draft.refused, FIELDS);
  return (
    <form
      className="evaluation-form"
      aria-label={t("New evaluation")}
      onSubmit={(event) => {
        event.preventDefault();
        void start(experiment);
      }}
    >
      <NameField value={experiment.name} onChange={(name) => change({ name })} />
      <ProblemFields experiment={experiment} fault={faults.levels} onChange={change} />
      <ArmFields
        chosen={experiment.strategies}
        policy={policy}
        fault={faults.strategies}
        onChange={(strategies) => change({ strategies })}
      />
      <div className="numbers">
        <CountFields experiment={experiment} onChange={change} />
        <BudgetsField
          text={experiment.budgets}
          fault={faults.budgets}
          onChange={(budgets) => change({ budgets })}
        />
        <NumberField
          label={t("Runs of every problem")}
          title={t("Each with a seed of its own")}
          {...{ value: experiment.repeats, min: 1, max: 64 }}
          onChange={(repeats) => change({ repeats })}
        />
        <ModelSelect
          label={t("Policy")}
          {...{ models: models.policies, failed: false, chosen: policy }}
          error={refusalOf(draft.refused, "policy")}
          onChange={(name) => change({ policy: name })}
        />
        <ModelSelect
          label={t("Verifier")}
          {...{ models: models.verifiers, failed: false }}
          chosen={cardOf(models.verifiers, experiment.verifier)}
          error={refusalOf(draft.refused, "verifier")}
          onChange={(name) => change({ verifier: name })}
        />
      </div>
      {"spec" in read && <SizeWords spec={read.spec} earlier={earlier} />}
      {elsewhere !== null && (
        <p className="field-error" role="alert">
          {elsewhere}
        </p>
      )}
      <div className="actions">
        <button
          type="submit"
          className="primary"
          disabled={draft.isStarting || Object.keys(faults).length > 0}
        >
          {t("Start")}
        </button>
        <button type="button" onClick={closeForm}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}

function NameField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  return (
    <label className="field">
      <span className="label">{t("Name")}</span>
      <input
        type="text"
        required
        maxLength={120}
        pattern=".*\S.*"
        title={t("A name with at least one letter")}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}

interface BudgetsFieldProps {
  readonly text: string;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
}

function BudgetsField({ text, fault, onChange }: BudgetsFieldProps) {
  const faultId = useId();
  return (
    <label className="field">
      <span className="label">{t("Budgets, in solutions")}</span>
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : faultId}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {fault !== undefined && (
        <span className="field-error" id={faultId}>
          {fault}
        </span>
      )}
    </label>
  );
}
