import { msg, type Said, say } from "../../lib/said.ts";
import {
  type AnswerPlace,
  type Delimiter,
  type ModelFormat,
  TEMPLATES,
} from "../../protocol/connections.ts";
import { refusalOf } from "../panels/new-run/draft.ts";
import { NumberField } from "../panels/new-run/NumberField.tsx";
import { t } from "../words/t.ts";
import { type ConnectionDraft, edit, useEditing } from "./connection-draft.ts";
import { SelectField } from "./SelectField.tsx";
import { TextField } from "./TextField.tsx";
import { escaped, unescaped } from "./written-text.ts";

const DELIMITER_KINDS = { text: msg("a text"), pattern: msg("a pattern") } as const;

const PLACES: Readonly<Record<AnswerPlace["kind"], string | Said>> = {
  boxed: say("in the last {command}", { command: "\\boxed{}" }),
  "last line": msg("the last line"),
  pattern: msg("where a pattern matches last"),
};

/** How a model is asked, and how what it writes becomes steps and an answer. */
export function FormatFields({ draft: { format, api } }: { draft: ConnectionDraft }) {
  const refused = useEditing((editing) => editing.refused);
  const change = (part: Partial<ModelFormat>) => edit({ format: { ...format, ...part } });
  const templates = TEMPLATES.filter((each) =>
    each === "server" ? api !== "completions" : api !== "chat",
  );
  return (
    <div className="fields">
      <label className="field">
        <span className="label">{t("Chat template")}</span>
        <select
          value={format.template}
          onChange={({ currentTarget }) =>
            change({ template: currentTarget.value as ModelFormat["template"] })
          }
        >
          {templates.map((each) => (
            <option key={each} value={each}>
              {each === "server" ? t("the server's own") : each}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span className="label">{t("System prompt")}</span>
        <textarea
          rows={2}
          maxLength={4000}
          value={format.system}
          onChange={({ currentTarget }) => change({ system: currentTarget.value })}
        />
      </label>
      <DelimiterFields {...{ format, change }} />
      <AnswerFields {...{ format, change }} />
      <div className="pair">
        <TextField
          label={t("Reasoning opens with (none if empty)")}
          field="format.thinking.open"
          value={escaped(format.thinking?.open ?? "")}
          onChange={(open) => change({ thinking: marks(unescaped(open), format.thinking?.close) })}
        />
        <TextField
          label={t("Reasoning closes with")}
          field="format.thinking.close"
          value={escaped(format.thinking?.close ?? "")}
          disabled={format.thinking === null}
          onChange={(close) =>
            change({ thinking: marks(format.thinking?.open ?? "", unescaped(close)) })
          }
        />
      </div>
      <div className="pair">
        <NumberField
          label={t("Longest step, tokens")}
          value={format.maxStepTokens}
          min={1}
          max={4096}
          error={refusalOf(refused, "format.maxStepTokens")}
          onChange={(maxStepTokens) => change({ maxStepTokens })}
        />
        <NumberField
          label={t("Longest whole solution, tokens")}
          value={format.maxSolutionTokens}
          min={16}
          max={131_072}
          error={refusalOf(refused, "format.maxSolutionTokens")}
          onChange={(maxSolutionTokens) => change({ maxSolutionTokens })}
        />
      </div>
    </div>
  );
}

interface PartProps {
  readonly format: ModelFormat;
  readonly change: (part: Partial<ModelFormat>) => void;
}

function DelimiterFields({ format: { delimiter }, change }: PartProps) {
  const of = (kind: Delimiter["kind"], text: string): Delimiter =>
    kind === "text" ? { kind, text } : { kind, pattern: text };
  const text = delimiter.kind === "text" ? escaped(delimiter.text) : delimiter.pattern;
  return (
    <div className="pair">
      <SelectField
        label={t("Steps are parted by")}
        words={DELIMITER_KINDS}
        value={delimiter.kind}
        onChange={(kind) => change({ delimiter: of(kind, kind === "text" ? "\n\n" : "\\n\\n+") })}
      />
      <TextField
        label={t(delimiter.kind === "text" ? "Text (\\n for a new line)" : "Pattern")}
        field="format.delimiter"
        value={text}
        required
        onChange={(typed) =>
          change({
            delimiter: of(delimiter.kind, delimiter.kind === "text" ? unescaped(typed) : typed),
          })
        }
      />
    </div>
  );
}

function AnswerFields({ format: { answer }, change }: PartProps) {
  return (
    <div className="pair">
      <SelectField
        label={t("The answer is")}
        words={PLACES}
        value={answer.kind}
        onChange={(kind) =>
          change({ answer: kind === "pattern" ? { kind, pattern: "answer is (.*)" } : { kind } })
        }
      />
      {answer.kind === "pattern" && (
        <TextField
          label={t("Pattern; its first group is the answer")}
          field="format.answer"
          value={answer.pattern}
          required
          onChange={(pattern) => change({ answer: { kind: "pattern", pattern } })}
        />
      )}
    </div>
  );
}

function marks(open: string, close = "</think>"): ModelFormat["thinking"] {
  return open === "" ? null : { open, close };
}
