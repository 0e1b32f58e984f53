import { factsOf } from "../../../protocol/strategy-facts/table.ts";
import { showMore, useDraft } from "./draft.ts";
import { LimitFields } from "./LimitFields.tsx";
import { SamplingFields } from "./SamplingFields.tsx";

/** What most runs leave as it is; the summary says what it is. */
export function MoreFields() {
  const open = useDraft((draft) => draft.moreOpen);
  const words = useDraft(({ temperature, strategy, limits }) => {
    const set = Object.values(limits).filter((limit) => !Number.isNaN(limit)).length;
    return [
      factsOf(strategy).samples ? `temperature ${temperature}` : "policy",
      set === 0 ? "no limits" : `${set} ${set === 1 ? "limit" : "limits"}`,
    ].join(", ");
  });
  return (
    <details
      className="more"
      open={open}
      onToggle={(event) => {
        if (event.currentTarget.open !== open) showMore(event.currentTarget.open);
      }}
      // A field that the browser wants to point at has to be in sight.
      onInvalidCapture={(event) => {
        event.currentTarget.open = true;
      }}
    >
      <summary>
        <span>More</span> <span className="hint">{words}</span>
      </summary>
      <div className="fields">
        <SamplingFields />
        <LimitFields />
      </div>
    </details>
  );
}
