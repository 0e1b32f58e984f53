import { msg } from "../../lib/said.ts";
import { FORMAT_PRESETS } from "../../protocol/format-presets.ts";
import { t } from "../words/t.ts";
import { type ConnectionDraft, chooseApi, choosePreset, presetOf } from "./connection-draft.ts";
import { FormatFields } from "./FormatFields.tsx";
import { SelectField } from "./SelectField.tsx";

const API_WORDS: Readonly<Record<ConnectionDraft["api"], string>> = {
  completions: msg("Completions (vLLM, SGLang, Ollama, LM Studio)"),
  chat: msg("Chat (any server, hosted APIs)"),
  "llama.cpp": msg("llama.cpp's own"),
};

/** How a policy is asked, and how what it writes is read. */
export function PolicyFields({ draft }: { draft: ConnectionDraft }) {
  const preset = presetOf(draft);
  return (
    <>
      <div className="pair">
        {draft.path === null && (
          <SelectField
            label={t("Kind of API")}
            value={draft.api}
            words={API_WORDS}
            onChange={chooseApi}
          />
        )}
        <SelectField
          label={t("Kind of model")}
          value={preset}
          words={{
            ...Object.fromEntries(FORMAT_PRESETS.map(({ id, label }) => [id, label])),
            ...(preset === "" && { "": msg("as below") }),
          }}
          onChange={choosePreset}
        />
      </div>
      <details>
        <summary>{t("How it is asked and read")}</summary>
        <FormatFields draft={draft} />
      </details>
    </>
  );
}
