import { msg } from "../../lib/said.ts";
import {
  SCORING_PRESETS,
  type Scoring,
  type ScoringOf,
  type SIGN_LAYOUTS,
  type SIGNS_THROUGH,
} from "../../protocol/scoring.ts";
import { refusalOf } from "../panels/new-run/draft.ts";
import { NumberField } from "../panels/new-run/NumberField.tsx";
import { t } from "../words/t.ts";
import {
  type ConnectionDraft,
  chooseScoring,
  edit,
  FILE_PRESETS,
  scoringPresetOf,
  useEditing,
} from "./connection-draft.ts";
import { SelectField } from "./SelectField.tsx";
import { TextField } from "./TextField.tsx";
import { escaped, unescaped } from "./written-text.ts";

/** How a verifier is asked for scores. */
export function VerifierFields({ draft }: { draft: ConnectionDraft }) {
  const preset = scoringPresetOf(draft);
  const { scoring } = draft;
  const presets = draft.path === null ? SCORING_PRESETS : FILE_PRESETS;
  return (
    <>
      <SelectField
        label={t("Kind of verifier")}
        value={preset}
        words={{
          ...Object.fromEntries(presets.map(({ id, label }) => [id, label])),
          ...(preset === "" && { "": msg("as below") }),
        }}
        onChange={chooseScoring}
      />
      <details>
        <summary>{t("How it is asked and read")}</summary>
        <div className="fields">
          <label className="field">
            <span className="label">{t("System prompt")}</span>
            <textarea
              rows={2}
              maxLength={4000}
              value={scoring.system}
              onChange={({ currentTarget }) =>
                edit({ scoring: { ...scoring, system: currentTarget.value } })
              }
            />
          </label>
          {"tag" in scoring && (
            <TextField
              label={t("Ends a step (\\n for a new line)")}
              field="scoring.tag"
              value={escaped(scoring.tag)}
              required
              onChange={(tag) => edit({ scoring: { ...scoring, tag: unescaped(tag) } })}
            />
          )}
          {scoring.kind === "signs" && <SignFields scoring={scoring} />}
          {scoring.kind === "judge" && <JudgeFields scoring={scoring} />}
        </div>
      </details>
    </>
  );
}

const THROUGH_WORDS: Readonly<Record<(typeof SIGNS_THROUGH)[number], string>> = {
  prompt_logprobs: msg("vLLM's prompt_logprobs: all steps at once"),
  logprob_token_ids: msg("vLLM's logprob_token_ids: a prompt a step"),
  n_probs: msg("llama.cpp's n_probs: a request a step"),
};

const LAYOUT_WORDS: Readonly<Record<(typeof SIGN_LAYOUTS)[number], string>> = {
  text: msg("one text"),
  turns: msg("turns of a chat"),
  judgements: msg("lines of Sentei's own PRM"),
};

const TOKENS = [
  ["good", msg("Token for right, id")],
  ["bad", msg("Token for wrong, id")],
  ["mark", msg("Token at the end of a step or turn, id")],
] as const;

function SignFields({ scoring }: { scoring: ScoringOf<"signs"> }) {
  const refused = useEditing((editing) => editing.refused);
  const change = (part: Partial<ScoringOf<"signs">>) => changeScoring(scoring, part);
  return (
    <>
      <div className="pair">
        <SelectField
          label={t("Asked through")}
          value={scoring.through}
          words={THROUGH_WORDS}
          onChange={(through) => change({ through })}
        />
        <SelectField
          label={t("Solutions stand as")}
          value={scoring.layout}
          words={LAYOUT_WORDS}
          onChange={(layout) => change({ layout })}
        />
      </div>
      <div className="pair">
        {TOKENS.map(([name, label]) => (
          <NumberField
            key={name}
            label={t(label)}
            value={scoring[name]}
            min={0}
            max={10_000_000}
            error={refusalOf(refused, `scoring.${name}`)}
            onChange={(id) => change({ [name]: id })}
          />
        ))}
      </div>
    </>
  );
}

function JudgeFields({ scoring }: { scoring: ScoringOf<"judge"> }) {
  const refused = useEditing((editing) => editing.refused);
  const change = (part: Partial<ScoringOf<"judge">>) => changeScoring(scoring, part);
  return (
    <div className="pair">
      <NumberField
        label={t("Critiques of each solution")}
        value={scoring.critiques}
        min={1}
        max={16}
        error={refusalOf(refused, "scoring.critiques")}
        onChange={(critiques) => change({ critiques })}
      />
      <NumberField
        label={t("Longest critique, tokens")}
        value={scoring.maxTokens}
        min={64}
        max={131_072}
        error={refusalOf(refused, "scoring.maxTokens")}
        onChange={(maxTokens) => change({ maxTokens })}
      />
    </div>
  );
}

function changeScoring<S extends Scoring>(scoring: S, part: Partial<S>): void {
  edit({ scoring: { ...scoring, ...part } });
}
