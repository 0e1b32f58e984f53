/** How an id begins that holds a whole run, and the version of how it does; see `run-link.ts`. */
export const RUN_LINK = /^go(\d{1,3})-/;

export function isRunLink(id: string): boolean {
  return RUN_LINK.test(id);
}
