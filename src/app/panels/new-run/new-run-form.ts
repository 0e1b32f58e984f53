/** Id of the form, for what submits it from elsewhere. */
export const NEW_RUN_FORM = "new-run";

/** Id of the field for the problem, for who wants to type there. */
export const PROBLEM_FIELD = "problem-text";

/** Submits the form as its button would: fields that are out of range are pointed at instead. */
export function requestRun(): void {
  const form = document.getElementById(NEW_RUN_FORM);
  if (form instanceof HTMLFormElement) form.requestSubmit();
}
