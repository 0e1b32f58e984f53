import "./presets.css";
import { useDraft } from "../panels/new-run/draft.ts";
import { useModels } from "../queries.ts";
import { PRESET_IDS, type PresetId, presetAbout, presetTitle, reinforcedPair } from "./presets.ts";
import { startComparison, useStart } from "./start.ts";

/** The usual comparisons of the problem in the form, each started by one press. */
export function PresetList() {
  const draft = useDraft();
  const models = useModels().data;
  const { starting, refused } = useStart();
  const isThere = (id: PresetId) =>
    id !== "beforeAfter" || (models !== undefined && reinforcedPair(models) !== null);
  return (
    <>
      <ul className="presets">
        {PRESET_IDS.filter(isThere).map((id) => (
          <li key={id}>
            <button
              type="button"
              className="outlined"
              title={presetAbout(id, draft)}
              disabled={starting !== null}
              onClick={() => void startComparison(id)}
            >
              {presetTitle(id, draft)}
            </button>
          </li>
        ))}
      </ul>
      {refused !== null && (
        <p className="field-error" role="alert">
          {refused}
        </p>
      )}
    </>
  );
}
