import { useModels } from "../../queries.ts";
import { edit, refusalOf, useDraft } from "./draft.ts";
import { ModelSelect } from "./ModelSelect.tsx";

/** Who scores the steps. Only shown for strategies that ask a verifier. */
export function VerifierField() {
  const models = useModels();
  const verifier = useDraft((draft) => draft.verifier);
  const refused = useDraft((draft) => refusalOf(draft.refused, "verifier"));
  return (
    <ModelSelect
      label="Verifier"
      models={models.data?.verifiers}
      failed={models.isError}
      value={verifier}
      error={refused}
      onChange={(name) => edit({ verifier: name })}
    />
  );
}
