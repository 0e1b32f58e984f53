import { FORMAT_PRESETS } from "../../protocol/format-presets.ts";
import { type ConnectionDraft, chooseApi, choosePreset, presetOf } from "./connection-draft.ts";
import { FormatFields } from "./FormatFields.tsx";
import { SelectField } from "./SelectField.tsx";

const API_WORDS: Readonly<Record<ConnectionDraft["api"], string>> = {
  completions: "Completions (vLLM, SGLang, Ollama, LM Studio)",
  chat: "Chat (any server, hosted APIs)",
  "llama.cpp": "llama.cpp's own",
};

/** How a policy is asked, and how what it writes is read. */
export function PolicyFields({ draft }: { draft: ConnectionDraft }) {
  const preset = presetOf(draft);
  return (
    <>
      <div className="pair">
        <SelectField label="Kind of API" value={draft.api} words={API_WORDS} onChange={chooseApi} />
        <SelectField
          label="Kind of model"
          value={preset}
          words={{
            ...Object.fromEntries(FORMAT_PRESETS.map(({ id, label }) => [id, label])),
            ...(preset === "" && { "": "as below" }),
          }}
          onChange={choosePreset}
        />
      </div>
      <details>
        <summary>How it is asked and read</summary>
        <FormatFields draft={draft} />
      </details>
    </>
  );
}
