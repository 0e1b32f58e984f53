import { useId } from "react";

interface NumberFieldProps {
  label: string;
  /** NaN shows an empty field. */
  value: number;
  min: number;
  max: number;
  /** Default 1. */
  step?: number;
  /** An empty field is no error. */
  optional?: boolean;
  placeholder?: string;
  /** Said when the pointer rests on it. */
  title?: string;
  /** What the server said about it. */
  error?: string | null;
  onChange: (value: number) => void;
}

/** A labelled number. The browser refuses to submit one that is out of range, in words. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, min, max, step = 1, optional = false, error = null } = props;
  const { placeholder, title } = props;
  const errorId = useId();
  return (
    <label className="field" title={title}>
      <span className="label">{label}</span>
      <input
        type="number"
        inputMode={Number.isInteger(step) ? "numeric" : "decimal"}
        value={Number.isNaN(value) ? "" : value}
        min={min}
        max={max}
        step={step}
        required={!optional}
        placeholder={placeholder}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        onChange={(event) => props.onChange(event.currentTarget.valueAsNumber)}
      />
      {error !== null && (
        <span className="field-error" id={errorId}>
          {error}
        </span>
      )}
    </label>
  );
}
