/** How well a text answers a query; larger is better. */
const SCORES = {
  /** A word begins with what is asked for. */
  start: 8,
  /** It is somewhere inside of a word. */
  inside: 4,
  /** Its characters begin words, in their order: `fs` is in "first sibling". */
  initials: 5,
  /** Its characters are there in their order, at least. */
  scattered: 1,
};
/** For being at the very beginning of the text, and for being a whole word. */
const BONUS = 2;

/**
 * How well a text answers a query, 0 or more; null: not at all. Each word of the query has to
 * be found; letter case and the order of the words do not count. An empty query is answered by
 * everything equally.
 */
export function matchScore(query: string, text: string): number | null {
  const words = wordsOf(text);
  let total = 0;
  for (const part of wordsOf(query)) {
    const score = partScore(part, words);
    if (score === null) return null;
    total += score;
  }
  return total;
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []
  );
}

function partScore(part: string, words: readonly string[]): number | null {
  const first = words.findIndex((word) => word.startsWith(part));
  if (first >= 0) {
    const isWhole = words.includes(part);
    return SCORES.start + (first === 0 ? BONUS : 0) + (isWhole ? BONUS : 0);
  }
  if (isSubsequence(part, words.map((word) => word[0]).join(""))) return SCORES.initials;
  if (words.some((word) => word.includes(part))) return SCORES.inside;
  return isSubsequence(part, words.join("")) ? SCORES.scattered : null;
}

function isSubsequence(part: string, text: string): boolean {
  let from = 0;
  for (const character of part) {
    from = text.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
