import { factsOf } from "../../../protocol/strategy-facts/table.ts";
import { inARow } from "../../words/node-words.ts";
import { t, tCount } from "../../words/t.ts";
import { showMore, useDraft } from "./draft.ts";
import { LimitFields } from "./LimitFields.tsx";
import { SamplingFields } from "./SamplingFields.tsx";

/** What most runs leave as it is; the summary says what it is. */
export function MoreFields() {
  const open = useDraft((draft) => draft.moreOpen);
  const words = useDraft(({ temperature, strategy, limits }) => {
    const set = Object.values(limits).filter((limit) => !Number.isNaN(limit)).length;
    return inARow([
      factsOf(strategy).samples
        ? t("temperature {temperature}", { temperature: String(temperature) })
        : t("policy"),
      set === 0 ? t("no limits") : tCount(set, "{count} limit", "{count} limits"),
    ]);
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
        <span>{t("More")}</span> <span className="hint">{words}</span>
      </summary>
      <div className="fields">
        <SamplingFields />
        <LimitFields />
      </div>
    </details>
  );
}
