import { useId } from "react";
import type { Strategy } from "../../../protocol/strategies.ts";
import type { Parameter } from "../../../protocol/strategy-facts/read-parameters.ts";
import { t } from "../../words/t.ts";
import { parameterValue, refusalOf, setParameter, useDraft } from "./draft.ts";
import { NumberField } from "./NumberField.tsx";

interface ParameterFieldProps {
  strategy: Strategy;
  parameter: Parameter;
}

/** One parameter of the drafted strategy, as its kind asks. */
export function ParameterField({ strategy, parameter }: ParameterFieldProps) {
  const error = useDraft((draft) => refusalOf(draft.refused, `strategy.${parameter.key}`));
  const value = parameterValue(strategy, parameter.key);
  const onChange = (next: unknown) => setParameter(strategy, parameter.key, next);
  switch (parameter.kind) {
    case "number":
      return (
        <NumberField
          label={t(parameter.label)}
          title={t(parameter.about)}
          value={typeof value === "number" ? value : Number.NaN}
          min={parameter.min}
          max={parameter.max}
          step={parameter.step}
          optional={parameter.isOptional}
          {...(parameter.isOptional && { placeholder: t("none") })}
          error={error}
          onChange={(next) =>
            onChange(parameter.isOptional && Number.isNaN(next) ? undefined : next)
          }
        />
      );
    case "flag":
      return (
        <label className="check end" title={t(parameter.about)}>
          <input
            type="checkbox"
            checked={value === true}
            onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          />
          {t(parameter.label)}
        </label>
      );
    case "choice":
      return <ChoiceField {...{ parameter, error, onChange }} value={String(value)} />;
  }
}

interface ChoiceFieldProps {
  parameter: Extract<Parameter, { kind: "choice" }>;
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

function ChoiceField({ parameter, value, error, onChange }: ChoiceFieldProps) {
  const errorId = useId();
  const { label, about, choices, words } = parameter;
  return (
    <label className="field" title={t(about)}>
      <span className="label">{t(label)}</span>
      <select
        value={value}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {t(words?.[choice] ?? choice)}
          </option>
        ))}
      </select>
      {error !== null && (
        <span className="field-error" id={errorId}>
          {error}
        </span>
      )}
    </label>
  );
}
