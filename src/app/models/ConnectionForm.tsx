import { msg } from "../../lib/said.ts";
import { refusalElsewhere } from "../panels/new-run/draft.ts";
import { t } from "../words/t.ts";
import {
  type ConnectionDraft,
  choosePlace,
  closeForm,
  edit,
  saveDraft,
  useEditing,
} from "./connection-draft.ts";
import { LimitFields } from "./LimitFields.tsx";
import { PolicyFields } from "./PolicyFields.tsx";
import { SelectField } from "./SelectField.tsx";
import { TextField } from "./TextField.tsx";
import { VerifierFields } from "./VerifierFields.tsx";

const ROLE_WORDS: Readonly<Record<ConnectionDraft["role"], string>> = {
  policy: msg("Policy: it proposes steps"),
  verifier: msg("Verifier: it scores steps"),
};

const PLACE_WORDS = {
  server: msg("On a server"),
  file: msg("In a GGUF file, run here by llama.cpp"),
};

const MODEL_EXAMPLES: Readonly<Record<ConnectionDraft["role"], string>> = {
  policy: "Qwen/Qwen2.5-Math-7B-Instruct",
  verifier: "Qwen/Qwen2.5-Math-PRM-7B",
};

const EXAMPLES = {
  ...{ id: "my-server", url: "http://127.0.0.1:8000/v1" },
  path: "/models/qwen2.5-math-1.5b-instruct-q8_0.gguf",
};

/** Fields that show their own refusal. */
const FIELDS = ["id", "url", "model", "key", "format", "scoring", "maxInFlight", "timeout"];

/** Connects a server, or changes how it is asked. */
export function ConnectionForm({ draft }: { draft: ConnectionDraft }) {
  const former = useEditing((editing) => editing.former);
  const saving = useEditing((editing) => editing.saving);
  const refused = useEditing((editing) => editing.refused);
  const elsewhere = refusalElsewhere(refused, FIELDS);
  return (
    <form
      className="connection-form"
      aria-label={former === null ? t("Connect a model") : t("Change {name}", { name: former.id })}
      onSubmit={(event) => {
        event.preventDefault();
        void saveDraft();
      }}
    >
      <div className="pair">
        <TextField
          label={t("Name")}
          field="id"
          value={draft.id}
          required
          disabled={former !== null}
          pattern="[a-z0-9][a-z0-9\-]{0,39}"
          placeholder={EXAMPLES.id}
          title={t("Small letters, digits and hyphens")}
          onChange={(id) => edit({ id })}
        />
        <SelectField
          label={t("Role")}
          value={draft.role}
          words={ROLE_WORDS}
          onChange={(role) => edit({ role })}
        />
      </div>
      <SelectField
        label={t("Where it is")}
        value={draft.path === null ? "server" : "file"}
        words={PLACE_WORDS}
        onChange={choosePlace}
      />
      {draft.path === null ? (
        <ServerFields draft={draft} />
      ) : (
        <TextField
          label={t("Path of the GGUF file, on the machine that Sentei runs on")}
          field="url"
          value={draft.path}
          required
          placeholder={EXAMPLES.path}
          onChange={(path) => edit({ path })}
        />
      )}
      {draft.role === "verifier" ? (
        <VerifierFields draft={draft} />
      ) : (
        <PolicyFields draft={draft} />
      )}
      <details>
        <summary>{t("Network and limits")}</summary>
        <LimitFields draft={draft} />
      </details>
      {elsewhere !== null && (
        <p className="field-error" role="alert">
          {elsewhere}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="primary" disabled={saving}>
          {saving
            ? t("Saving …")
            : t(draft.role === "verifier" ? "Save and test" : "Save and probe")}
        </button>
        <button type="button" className="outlined" onClick={closeForm}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}

/** Where the server is, what it calls the model, and what it wants to be told. */
function ServerFields({ draft }: { draft: ConnectionDraft }) {
  const former = useEditing((editing) => editing.former);
  return (
    <>
      <TextField
        label="URL"
        field="url"
        type="url"
        value={draft.url}
        required
        placeholder={EXAMPLES.url}
        onChange={(url) => edit({ url })}
      />
      <div className="pair">
        <TextField
          label={t("Model, as the server calls it")}
          field="model"
          value={draft.model}
          required
          placeholder={MODEL_EXAMPLES[draft.role]}
          onChange={(model) => edit({ model })}
        />
        <TextField
          label={t("Key")}
          field="key"
          type="password"
          value={draft.key}
          placeholder={t(former?.key === "stored" ? "set; type to replace it" : "none")}
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
          {t("Forget the key")}
        </label>
      )}
    </>
  );
}
