/** What stands for a command or a sign of LaTeX where people type Unicode. */
const UNICODE: Readonly<Record<string, string>> = {
  ...{ "−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/" },
  ...{ "≤": "\\le ", "≥": "\\ge ", "≠": "\\ne ", "±": "\\pm ", "∓": "\\mp ", "∞": "\\infty " },
  ...{ "∪": "\\cup ", "∈": "\\in ", "∅": "\\emptyset ", "√": "\\sqrt ", "°": "^\\circ " },
  ...{ π: "\\pi ", θ: "\\theta ", α: "\\alpha ", β: "\\beta ", γ: "\\gamma ", λ: "\\lambda " },
  ...{ φ: "\\phi ", ω: "\\omega ", "½": "\\frac12 ", "¼": "\\frac14 ", "¾": "\\frac34 " },
  ...{ "²": "^2 ", "³": "^3 ", "⟨": "\\langle ", "⟩": "\\rangle ", "％": "%", "\u00a0": " " },
};

/** Commands that say how something looks and not what it is. */
const LOOKS =
  /\\(?:displaystyle|textstyle|limits|nolimits|quad|qquad|thinspace|medspace|allowbreak|strut|left|right|[bB]igg?[lrm]?)(?![a-zA-Z])\.?|\\[;:>]|\\hspace\*?\{[^{}]*\}|\\phantom\{[^{}]*\}/g;

/** A space, comma or thin space between groups of three digits, written so that it can be nothing else. */
const GROUPING = /(?<=\d)(?:\{,\}|,\\!|\\,|\\!|\{\\,\})(?=\d{3}(?!\d))/g;

/**
 * Takes off what is noise in an answer as models write it: delimiters of
 * formulas, spacing, sizes of brackets, Unicode in place of commands, the full
 * stop of the sentence. The result means what the text means.
 */
export function tidy(text: string): string {
  const plain = text
    .normalize("NFC")
    .replaceAll("\\\\", "⏎")
    .replaceAll(/\P{ASCII}/gu, (sign) => UNICODE[sign] ?? sign)
    .replaceAll(/\\left\s*\|/g, "\\lvert ")
    .replaceAll(/\\right\s*\|/g, "\\rvert ")
    .replaceAll(GROUPING, "")
    .replaceAll(/\\!/g, "")
    .replaceAll(LOOKS, " ")
    .replaceAll(/\\,|\\ |~/g, " ")
    .replaceAll(/\\[dtc]frac(?![a-zA-Z])/g, "\\frac")
    .replaceAll(/\\[dt]binom(?![a-zA-Z])/g, "\\binom")
    .replaceAll(/\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![a-zA-Z]))/g, "°")
    .replaceAll(/\\(?:degree|degrees)(?![a-zA-Z])/g, "°")
    .replaceAll(/(?<=[\w)}])\s*\*\*(?=\s*[\w({-])/g, "^");
  return bare(plain);
}

const DELIMITERS: readonly (readonly [string, string])[] = [
  ["$$", "$$"],
  ["$", "$"],
  ["\\(", "\\)"],
  ["\\[", "\\]"],
  ["**", "**"],
  ["`", "`"],
];

/** Without delimiters around all of it, and without the end of a sentence. */
function bare(text: string): string {
  const inner = text
    .trim()
    .replace(/(?:(?<!\\)[.,;:!]|⏎)+$/, (end) => (end.startsWith("!") ? end : ""));
  const pair = DELIMITERS.find(
    ([open, close]) =>
      inner.length > open.length + close.length && inner.startsWith(open) && inner.endsWith(close),
  );
  if (!pair) return inner.trim();
  const [open, close] = pair;
  const content = inner.slice(open.length, inner.length - close.length);
  return content.includes(open) ? inner.trim() : bare(content);
}
