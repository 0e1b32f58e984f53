import type { Said } from "../../lib/said.ts";
import { t, tSaid } from "../words/t.ts";

interface SelectFieldProps<K extends string> {
  readonly label: string;
  readonly value: K;
  /** Marked for the catalogue. */
  readonly words: Readonly<Record<K, string | Said>>;
  readonly onChange: (value: K) => void;
}

/** A labelled choice of a connection, in words. */
export function SelectField<K extends string>(props: SelectFieldProps<K>) {
  const { label, value, words, onChange } = props;
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as K)}>
        {Object.entries<string | Said>(words).map(([key, word]) => (
          <option key={key} value={key}>
            {typeof word === "string" ? t(word) : tSaid(word)}
          </option>
        ))}
      </select>
    </label>
  );
}
