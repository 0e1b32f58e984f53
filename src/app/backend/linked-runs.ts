import type { LinkedRun } from "../../protocol/run-link.ts";
import { isRunLink } from "../../protocol/run-link-id.ts";
import type { ModelCard, ModelList } from "../../protocol/runs.ts";
import type { Backend } from "./backend.ts";

/**
 * A backend for which a link that holds a run (`run-link.ts`) is the id of one: it is
 * grown from the link when it is first asked for, and is a run like any other then.
 * `warn` hears which models have other weights here than where the link was made.
 */
export function withLinkedRuns(inner: Backend, warn: (models: readonly string[]) => void): Backend {
  const growing = new Map<string, Promise<string>>();
  /** The id that the inner backend has for a run. */
  const idOf = async (id: string): Promise<string> => {
    if (!isRunLink(id)) return id;
    const known = growing.get(id);
    if (known !== undefined) return known;
    const grown = import("./grow-run.ts").then(({ growRun }) => growRun(inner, id, warn));
    growing.set(id, grown);
    // What was refused may be possible the next time.
    grown.catch(() => growing.delete(id));
    return grown;
  };
  return {
    ...inner,
    run: async (id, options) => ({ ...(await inner.run(await idOf(id), options)), id }),
    command: async (id, command, options) => inner.command(await idOf(id), command, options),
    openLog: async (id, start) => inner.openLog(await idOf(id), start),
    logFile: async (id, options) => inner.logFile(await idOf(id), options),
  };
}

/**
 * Whether a run can be grown again from a link by whoever opens it. Models that are
 * made for some families of problems are those that come with Sentei; a link must never
 * make others work, which may cost somebody money.
 */
export function isRegrowable(
  { policy, verifier }: Pick<LinkedRun, "policy" | "verifier">,
  { policies, verifiers }: ModelList,
): boolean {
  const comesAlong = (cards: readonly ModelCard[], name: string) =>
    cards.some((card) => card.name === name && card.families.length > 0);
  return (
    comesAlong(policies, policy.name) && (verifier === null || comesAlong(verifiers, verifier.name))
  );
}
