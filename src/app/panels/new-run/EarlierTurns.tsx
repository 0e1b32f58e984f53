import { t } from "../../words/t.ts";
import { TurnList } from "../conversation/TurnList.tsx";
import { edit, refusalOf, useDraft } from "./draft.ts";

/** The conversation that the drafted run goes on with, if it does. */
export function EarlierTurns() {
  const earlier = useDraft((draft) => draft.earlier);
  const refused = useDraft((draft) => refusalOf(draft.refused, "earlier"));
  if (earlier.length === 0) return null;
  return (
    <section className="earlier" aria-label={t("Asked before")}>
      <header>
        <h3>{t("Asked before")}</h3>
        <button type="button" className="link" onClick={() => edit({ earlier: [] })}>
          {t("Begin anew")}
        </button>
      </header>
      <TurnList turns={earlier} />
      {refused !== null && (
        <p className="field-error" role="alert">
          {refused}
        </p>
      )}
    </section>
  );
}
