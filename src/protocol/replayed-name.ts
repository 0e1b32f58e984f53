/** How the name of a policy begins that gives recorded attempts back. */
const REPLAYED = "replayed ";

/** The policy of a run that was made of a trace; `about` says who wrote the attempts, and when. */
export function replayedName(about: string): string {
  return REPLAYED + about;
}

/** Whether a run's policy stands for recorded attempts. */
export function isReplayed({ name }: { readonly name: string }): boolean {
  return name.startsWith(REPLAYED);
}
