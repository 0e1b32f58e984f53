import { useId } from "react";
import { useModels } from "../../queries.ts";
import { t } from "../../words/t.ts";
import { edit, refusalOf, useDraft } from "./draft.ts";

/** A verifier that scores every step, too, and decides nothing. */
export function SecondField() {
  const verifiers = useModels().data?.verifiers;
  const second = useDraft((draft) => draft.second);
  const error = useDraft((draft) => refusalOf(draft.refused, "second"));
  const fieldId = useId();
  const errorId = useId();
  return (
    <div
      className="field"
      title={t("A second verifier: it scores every step, too, and decides nothing")}
    >
      <label className="label" htmlFor={fieldId}>
        {t("Second opinion")}
      </label>
      <select
        id={fieldId}
        value={second ?? ""}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        onChange={({ currentTarget }) => edit({ second: currentTarget.value || null })}
      >
        <option value="">{t("none")}</option>
        {verifiers?.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {error !== null && (
        <span className="field-error" id={errorId}>
          {error}
        </span>
      )}
    </div>
  );
}
