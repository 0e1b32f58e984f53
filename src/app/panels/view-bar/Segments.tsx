import { useId } from "react";
import { t } from "../../words/t.ts";

interface Segment<T extends string> {
  readonly value: T;
  readonly words: string;
  readonly title: string;
}

/** What is written in a table, in the reader's language. */
export function inWords<T extends string>(segments: readonly Segment<T>[]): Segment<T>[] {
  return segments.map(({ value, words, title }) => ({ value, words: t(words), title: t(title) }));
}

interface SegmentsProps<T extends string> {
  label: string;
  segments: readonly Segment<T>[];
  value: T;
  onChoose: (value: T) => void;
  className?: string;
}

/** A choice of one out of a few, side by side; the radio buttons inside are real. */
export function Segments<T extends string>(props: SegmentsProps<T>) {
  const { label, segments, value, onChoose, className = "" } = props;
  const name = useId();
  return (
    <fieldset className={`segments ${className}`} aria-label={label}>
      {segments.map((segment) => (
        <label key={segment.value} title={segment.title}>
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChoose(segment.value)}
          />
          {segment.words}
        </label>
      ))}
    </fieldset>
  );
}
