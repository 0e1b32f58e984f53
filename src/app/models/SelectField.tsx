interface SelectFieldProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly words: Readonly<Record<K, string>>;
  readonly onChange: (value: K) => void;
}

/** A labelled choice of a connection, in words. */
export function SelectField<K extends string>(props: SelectFieldProps<K>) {
  const { label, value, words, onChange } = props;
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as K)}>
        {Object.entries<string>(words).map(([key, word]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
