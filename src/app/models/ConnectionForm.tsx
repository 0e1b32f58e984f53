import { FORMAT_PRESETS } from "../../protocol/format-presets.ts";
import { refusalElsewhere } from "../panels/new-run/draft.ts";
import {
  type ConnectionDraft,
  chooseApi,
  choosePreset,
  closeForm,
  edit,
  presetOf,
  saveDraft,
  useEditing,
} from "./connection-draft.ts";
import { FormatFields } from "./FormatFields.tsx";
import { LimitFields } from "./LimitFields.tsx";
import { TextField } from "./TextField.tsx";

const API_WORDS: Readonly<Record<ConnectionDraft["api"], string>> = {
  completions: "Completions (vLLM, SGLang, Ollama, LM Studio)",
  chat: "Chat (any server, hosted APIs)",
  "llama.cpp": "llama.cpp's own",
};

/** Fields that show their own refusal. */
const FIELDS = ["id", "url", "model", "key", "format", "maxInFlight", "timeout"];

/** Connects a server, or changes how it is asked. */
export function ConnectionForm({ draft }: { draft: ConnectionDraft }) {
  const former = useEditing((editing) => editing.former);
  const saving = useEditing((editing) => editing.saving);
  const refused = useEditing((editing) => editing.refused);
  const elsewhere = refusalElsewhere(refused, FIELDS);
  return (
    <form
      className="connection-form"
      aria-label={former === null ? "Connect a server" : `Change ${former.id}`}
      onSubmit={(event) => {
        event.preventDefault();
        void saveDraft();
      }}
    >
      <div className="pair">
        <TextField
          label="Name"
          field="id"
          value={draft.id}
          required
          disabled={former !== null}
          pattern="[a-z0-9][a-z0-9\-]{0,39}"
          placeholder="my-server"
          title="Small letters, digits and hyphens"
          onChange={(id) => edit({ id })}
        />
        <label className="field">
          <span className="label">Kind of API</span>
          <select
            value={draft.api}
            onChange={({ currentTarget }) =>
              chooseApi(currentTarget.value as ConnectionDraft["api"])
            }
          >
            {Object.entries(API_WORDS).map(([api, words]) => (
              <option key={api} value={api}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      <TextField
        label="URL"
        field="url"
        type="url"
        value={draft.url}
        required
        placeholder="http://127.0.0.1:8000/v1"
        onChange={(url) => edit({ url })}
      />
      <div className="pair">
        <TextField
          label="Model, as the server calls it"
          field="model"
          value={draft.model}
          required
          placeholder="Qwen/Qwen2.5-Math-7B-Instruct"
          onChange={(model) => edit({ model })}
        />
        <TextField
          label="Key"
          field="key"
          type="password"
          value={draft.key}
          placeholder={former?.key === "stored" ? "set; type to replace it" : "none"}
          disabled={draft.forgetsKey}
          onChange={(key) => edit({ key })}
        />
      </div>
      {former?.key === "stored" && (
        <label className="check">
          <input
            type="checkbox"
            checked={draft.forgetsKey}
            onChange={({ currentTarget }) => edit({ forgetsKey: currentTarget.checked })}
          />
          Forget the key
        </label>
      )}
      <label className="field">
        <span className="label">Kind of model</span>
        <select
          value={presetOf(draft)}
          onChange={({ currentTarget }) => choosePreset(currentTarget.value)}
        >
          {FORMAT_PRESETS.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
          {presetOf(draft) === "" && <option value="">as below</option>}
        </select>
      </label>
      <details>
        <summary>How it is asked and read</summary>
        <FormatFields draft={draft} />
      </details>
      <details>
        <summary>Network and limits</summary>
        <LimitFields draft={draft} />
      </details>
      {elsewhere !== null && (
        <p className="field-error" role="alert">
          {elsewhere}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="primary" disabled={saving}>
          {saving ? "Saving …" : "Save and probe"}
        </button>
        <button type="button" className="outlined" onClick={closeForm}>
          Cancel
        </button>
      </div>
    </form>
  );
}
