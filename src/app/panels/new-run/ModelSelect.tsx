import { useId } from "react";
import type { ModelCard } from "../../../protocol/runs.ts";
import { t } from "../../words/t.ts";

interface ModelSelectProps {
  label: string;
  /** `undefined` while they are loaded. */
  models: readonly ModelCard[] | undefined;
  failed: boolean;
  chosen: ModelCard | undefined;
  error: string | null;
  onChange: (name: string) => void;
}

/** Chooses one of the models that the server lists. */
export function ModelSelect(props: ModelSelectProps) {
  const { label, models, failed, chosen, error, onChange } = props;
  const fieldId = useId();
  const errorId = useId();
  return (
    <div className="field" title={chosen?.about}>
      <label className="label" htmlFor={fieldId}>
        {label}
      </label>
      <select
        id={fieldId}
        value={chosen?.name ?? ""}
        disabled={models === undefined || models.length === 0}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {models?.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
        {!chosen && (
          <option value="">{failed ? t("not loaded") : models ? t("none") : t("loading …")}</option>
        )}
      </select>
      {error !== null && (
        <span className="field-error" id={errorId}>
          {error}
        </span>
      )}
    </div>
  );
}
