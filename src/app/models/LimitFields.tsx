import { refusalOf } from "../panels/new-run/draft.ts";
import { NumberField } from "../panels/new-run/NumberField.tsx";
import { t } from "../words/t.ts";
import { type ConnectionDraft, edit, useEditing } from "./connection-draft.ts";

/** Where a connection may go, how much it may ask at once, and how long it waits. */
export function LimitFields({
  draft: { allowPrivate, maxInFlight, timeout },
}: {
  draft: ConnectionDraft;
}) {
  const refused = useEditing((editing) => editing.refused);
  return (
    <div className="fields">
      <label className="check">
        <input
          type="checkbox"
          checked={allowPrivate}
          onChange={({ currentTarget }) => edit({ allowPrivate: currentTarget.checked })}
        />
        {t("It may be in a private network (this machine always may)")}
      </label>
      <div className="pair">
        <NumberField
          label={t("Requests at once, at most")}
          value={maxInFlight}
          min={1}
          max={256}
          error={refusalOf(refused, "maxInFlight")}
          onChange={(value) => edit({ maxInFlight: value })}
        />
        <NumberField
          label={t("Longest request, s")}
          value={timeout}
          min={1}
          max={3600}
          error={refusalOf(refused, "timeout")}
          onChange={(value) => edit({ timeout: value })}
        />
      </div>
    </div>
  );
}
