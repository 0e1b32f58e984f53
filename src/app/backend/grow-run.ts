import { type AskedRun, RunLinkError, readRunLink } from "../../protocol/run-link.ts";
import type { ModelCard, ModelList } from "../../protocol/runs.ts";
import { problem } from "./answer-error.ts";
import { ApiError, type Backend, type RequestOptions } from "./backend.ts";
import { isRegrowable } from "./linked-runs.ts";

/** Where this browser notes which run it grew from which link, so that a reload grows no other. */
const GROWN = "sentei.grown";
const MOST_NOTED = 50;

/**
 * The id of the run that a link holds: of the one that was grown from it before, or
 * of a new one. `warn` hears which models have other weights here than where the link
 * was made: the tree may be another one then. Rejects with an `ApiError`.
 */
export async function growRun(
  inner: Backend,
  link: string,
  warn: (models: readonly string[]) => void,
): Promise<string> {
  const noted = readNotes();
  const known = noted.get(link);
  if (known !== undefined && (await exists(inner, known))) return known;
  const { spec, revisions } = asked(link);
  const stamps = {
    policy: { name: spec.policy, revision: revisions.policy },
    verifier: spec.verifier === null ? null : { name: spec.verifier, revision: "" },
  };
  const models = await inner.models();
  if (!isRegrowable(stamps, models)) {
    throw refused(
      "This link asks for models that do not come with Sentei: start that run yourself.",
    );
  }
  const changed = changedModels({ spec, revisions }, models);
  if (changed.length > 0) warn(changed);
  const { id } = await inner.startRun(spec);
  noted.set(link, id);
  localStorage.setItem(GROWN, JSON.stringify([...noted].slice(-MOST_NOTED)));
  return id;
}

/** Names of the models whose revision does not begin as it did where the link was made. */
function changedModels(
  { spec, revisions }: AskedRun,
  { policies, verifiers }: ModelList,
): readonly string[] {
  const isOther = (cards: readonly ModelCard[], name: string, stamp: string) =>
    cards.some((card) => card.name === name && !card.revision.startsWith(stamp));
  const { policy, verifier } = spec;
  return [
    ...(isOther(policies, policy, revisions.policy) ? [policy] : []),
    ...(verifier !== null && isOther(verifiers, verifier, revisions.verifier ?? "")
      ? [verifier]
      : []),
  ];
}

function asked(link: string) {
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
