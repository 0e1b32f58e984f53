import { formatScore } from "../../format.ts";
import { setDomain } from "../../state/actions.ts";
import { useView } from "../../state/view.ts";
import { moveEnd, nudge, type ScaleEnd } from "./domain.ts";

/** One end of the colour scale: a slider for the pointer and the keyboard. */
export function DomainHandle({ end }: { end: ScaleEnd }) {
  const domain = useView((view) => view.domain);
  const value = domain[end === "low" ? 0 : 1];
  return (
    <span
      className="scale-handle"
      role="slider"
      tabIndex={0}
      aria-label={end === "low" ? "Lowest score of the colours" : "Highest score of the colours"}
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
        setDomain(moveEnd(domain, end, (event.clientX - left) / width));
      }}
      onKeyDown={(event) => {
        const to = nudge(event.key, value);
        if (to === null) return;
        event.preventDefault();
        setDomain(to === "reset" ? [0, 1] : moveEnd(domain, end, to));
      }}
    />
  );
}
