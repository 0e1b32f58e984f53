/** Characters about as wide as two Latin ones: those of Chinese, Japanese and Korean, and full-width signs. */
const WIDE = /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/;

/** How wide a text is, in narrow characters, where nothing can measure it. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** As much of a text as has room in so many columns, the last of them an ellipsis if there is more. */
export function cutToColumns(text: string, most: number): string {
  if (columnsOf(text) <= most) return text;
  let [cut, columns] = ["", 1];
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > most) break;
    cut += character;
  }
  return `${cut}…`;
}
