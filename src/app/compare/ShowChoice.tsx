/** How the runs are shown. */
export function ShowChoice() {
  return null;
}
