import { useModels } from "../../queries.ts";
import { t } from "../../words/t.ts";
import { edit, modelsOf, refusalOf, useDraft } from "./draft.ts";
import { ModelSelect } from "./ModelSelect.tsx";

/** Who scores the steps. Only shown for strategies that ask a verifier. */
export function VerifierField() {
  const models = useModels();
  const draft = useDraft();
  return (
    <ModelSelect
      label={t("Verifier")}
      models={models.data?.verifiers}
      failed={models.isError}
      chosen={models.data && modelsOf(draft, models.data).verifier}
      error={refusalOf(draft.refused, "verifier")}
      onChange={(name) => edit({ verifier: name })}
    />
  );
}
