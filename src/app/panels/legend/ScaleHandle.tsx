import { formatScore } from "../../format.ts";
import { moveEnd, nudge, type ScaleEnd } from "./domain.ts";

interface ScaleHandleProps {
  end: ScaleEnd;
  label: string;
  range: readonly [low: number, high: number];
  onChange: (range: readonly [low: number, high: number]) => void;
}

/** One end of a range of scores: a slider for the pointer and the keyboard. */
export function ScaleHandle({ end, label, range, onChange }: ScaleHandleProps) {
  const value = range[end === "low" ? 0 : 1];
  return (
    <span
      className="scale-handle"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={value}
      aria-valuetext={formatScore(value)}
      style={{ insetInlineStart: `${value * 100}%` }}
      data-end={end}
      data-value={formatScore(value)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const { left, width } = event.currentTarget.parentElement!.getBoundingClientRect();
        onChange(moveEnd(range, end, (event.clientX - left) / width));
      }}
      onKeyDown={(event) => {
        const to = nudge(event.key, value);
        if (to === null) return;
        event.preventDefault();
        onChange(to === "reset" ? [0, 1] : moveEnd(range, end, to));
      }}
    />
  );
}
