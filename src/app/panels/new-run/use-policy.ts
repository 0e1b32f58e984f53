import type { ModelCard } from "../../../protocol/runs.ts";
import { useModels } from "../../queries.ts";
import { modelsOf, useDraft } from "./draft.ts";

/** The policy that the form stands for; `undefined` until it is known. */
export function usePolicy(): ModelCard | undefined {
  const models = useModels().data;
  const draft = useDraft();
  return models && modelsOf(draft, models).policy;
}
