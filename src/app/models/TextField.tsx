import { useId } from "react";
import { refusalOf } from "../panels/new-run/draft.ts";
import { useEditing } from "./connection-draft.ts";

interface TextFieldProps {
  readonly label: string;
  /** Path of what it edits, for what the server says about it. */
  readonly field: string;
  readonly type?: "text" | "url" | "password";
  readonly value: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly pattern?: string;
  readonly placeholder?: string;
  readonly title?: string;
  readonly onChange: (value: string) => void;
}

/** A labelled text of a connection, with what the server said about it. */
export function TextField({ label, field, type = "text", onChange, ...input }: TextFieldProps) {
  const error = useEditing((editing) => refusalOf(editing.refused, field));
  const errorId = useId();
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input
        type={type}
        className="mono"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete={type === "password" ? "new-password" : "off"}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        {...input}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {error !== null && (
        <span className="field-error" id={errorId}>
          {error}
        </span>
      )}
    </label>
  );
}
