import { z } from "zod";
import { createVocabulary, type Vocabulary } from "../../models/embedded/vocabulary.ts";

/**
 * Our chat format in Jinja. Reasoning is `message.reasoning_content`, a step a
 * line; that of earlier turns is dropped. The prompt for an answer ends with
 * `<reasoning>`.
 */
const CHAT_TEMPLATE = [
  "{%- for message in messages -%}",
  "{%- if message.role == 'user' -%}",
  "{{ '<user>' + message.content + '</user>' }}",
  "{%- elif message.role == 'assistant' -%}",
  "{%- if loop.last -%}",
  "{{ '<reasoning>' + (message.reasoning_content or '') + '</reasoning>' }}",
  "{%- endif -%}",
  "{{ '<assistant>' + message.content + '</assistant>' }}",
  "{%- else -%}",
  "{{ raise_exception('this format has the roles user and assistant, not ' + message.role) }}",
  "{%- endif -%}",
  "{%- endfor -%}",
  "{%- if add_generation_prompt -%}{{ '<reasoning>' }}{%- endif -%}",
].join("\n");

/**
 * Tags that a reader of the text needs. Others decode with `skip_special_tokens`,
 * which would run the last step and the answer together; so these are added
 * tokens that are not special, as `<think>` is elsewhere.
 */
const READ_TAGS: ReadonlySet<string> = new Set(["<reasoning>", "</reasoning>", "<assistant>"]);

/** What Hugging Face's tokenizers need to split text as `vocabulary` does, by file name. */
export function tokenizerFiles(
  vocabulary: Vocabulary,
  { context }: { readonly context: number },
): Record<string, unknown> {
  const { tokens } = vocabulary;
  const control = [...tokens.entries()].filter(([id]) => vocabulary.isControl(id));
  const added = control.map(([id, content]) => ({
    ...{ id, content, single_word: false, lstrip: false, rstrip: false },
    ...{ normalized: false, special: !READ_TAGS.has(content) },
  }));
  const [pad, eos] = ["<pad>", "</assistant>"];
  const special = {
    ...{ eos_token: eos, pad_token: pad },
    additional_special_tokens: control
      .map(([, content]) => content)
      .filter((content) => content !== pad && content !== eos && !READ_TAGS.has(content)),
  };
  return {
    "tokenizer.json": {
      ...{ version: "1.0", truncation: null, padding: null },
      added_tokens: added,
      normalizer: null,
      // Every character by itself, line breaks and spaces too.
      pre_tokenizer: {
        ...{ type: "Split", pattern: { Regex: "[\\s\\S]" } },
        ...{ behavior: "Isolated", invert: false },
      },
      post_processor: null,
      decoder: { type: "Fuse" },
      // No token is called <unk>: a character that is not there is an error, as it is with us.
      model: {
        type: "WordLevel",
        vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
        unk_token: "<unk>",
      },
    },
    "tokenizer_config.json": {
      tokenizer_class: "PreTrainedTokenizerFast",
      ...special,
      added_tokens_decoder: Object.fromEntries(added.map(({ id, ...token }) => [id, token])),
      model_max_length: context,
      clean_up_tokenization_spaces: false,
      chat_template: CHAT_TEMPLATE,
    },
    "special_tokens_map.json": special,
  };
}

const TokenizerJson = z.object({
  model: z.object({ type: z.literal("WordLevel"), vocab: z.record(z.string(), z.int()) }),
});

/**
 * The vocabulary of a `tokenizer.json` of ours, also when others have saved it
 * again. Throws a `RangeError` or a `VocabularyError` for any other.
 */
export function vocabularyOf(tokenizerJson: unknown): Vocabulary {
  const parsed = TokenizerJson.safeParse(tokenizerJson);
  if (!parsed.success) {
    throw new RangeError(`Not a tokenizer of this project: ${z.prettifyError(parsed.error)}`);
  }
  const tokens: string[] = [];
  for (const [token, id] of Object.entries(parsed.data.model.vocab)) tokens[id] = token;
  const count = Object.keys(tokens).length;
  if (count !== tokens.length)
    throw new RangeError(`${count} tokens with ids up to ${tokens.length}`);
  return createVocabulary(tokens);
}
