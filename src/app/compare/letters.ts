/** What runs that are compared are called, by their place: A, B, C, D. */
export function letterOf(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}
