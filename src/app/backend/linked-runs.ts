import type { LinkedRun } from "../../protocol/run-link.ts";
import { isRunLink } from "../../protocol/run-link-id.ts";
import type { ModelCard, ModelList } from "../../protocol/runs.ts";
import { problem } from "./answer-error.ts";
import { ApiError, type Backend, type RequestOptions } from "./backend.ts";

/** Where this browser notes which run it grew from which link, so that a reload grows no other. */
const GROWN = "sentei.grown";
const MOST_NOTED = 50;

/**
 * A backend for which a link that holds a run (`run-link.ts`) is the id of one: it is
 * grown from the link when it is first asked for, and is a run like any other then.
 */
export function withLinkedRuns(inner: Backend): Backend {
  const growing = new Map<string, Promise<string>>();
  /** The id that the inner backend has for a run. */
  const idOf = async (id: string): Promise<string> => {
    if (!isRunLink(id)) return id;
    const known = growing.get(id);
    if (known !== undefined) return known;
    const grown = grow(inner, id);
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

async function grow(inner: Backend, link: string): Promise<string> {
  const noted = readNotes();
  const known = noted.get(link);
  if (known !== undefined && (await exists(inner, known))) return known;
  const { spec, revisions } = await asked(link);
  const stamps = {
    policy: { name: spec.policy, revision: revisions.policy },
    verifier: spec.verifier === null ? null : { name: spec.verifier, revision: "" },
  };
  if (!isRegrowable(stamps, await inner.models())) {
    throw refused(
      "This link asks for models that do not come with Sentei: start that run yourself.",
    );
  }
  const { id } = await inner.startRun(spec);
  noted.set(link, id);
  localStorage.setItem(GROWN, JSON.stringify([...noted].slice(-MOST_NOTED)));
  return id;
}

async function asked(link: string) {
  const { readRunLink, RunLinkError } = await import("../../protocol/run-link.ts");
  try {
    return readRunLink(link);
  } catch (error) {
    if (error instanceof RunLinkError) throw refused(error.message);
    throw error;
  }
}

function refused(detail: string): ApiError {
  return new ApiError(problem(422, "Refused", detail));
}

async function exists(inner: Backend, id: string, options?: RequestOptions): Promise<boolean> {
  try {
    // A run that did not get to its end is grown anew.
    return (await inner.run(id, options)).status !== "interrupted";
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false;
    throw error;
  }
}

function readNotes(): Map<string, string> {
  try {
    const notes: unknown = JSON.parse(localStorage.getItem(GROWN) ?? "[]");
    return Array.isArray(notes)
      ? new Map(notes.map(([link, id]) => [String(link), String(id)]))
      : new Map();
  } catch {
    return new Map();
  }
}
