import { readSet, type SetFormat } from "../problems/uploads/read-set.ts";
import type { UploadedSetPage, UploadQuery } from "../protocol/uploaded-sets.ts";
import { HttpProblem } from "./http-problem.ts";
import { createRunIds } from "./run-id.ts";
import { pageOf, type SetStore } from "./set-store.ts";

/** Most sets that are kept at once. */
const MOST_SETS = 100;

/** Problems on the page that an upload is answered with. */
const FIRST_PAGE = 50;

const nextId = createRunIds();

/**
 * Keeps the problems of a file as a set; rows that do not fit are told of. Rejects
 * with an `HttpProblem`: 422 if no row fits, 409 if there are too many sets.
 */
export async function keepUpload(
  store: SetStore,
  { text, format }: { readonly text: string; readonly format: SetFormat },
  { name, ...mapping }: UploadQuery,
): Promise<UploadedSetPage> {
  const { problems, refused, refusedCount } = readSet(text, format, mapping);
  const [first] = refused;
  if (problems.length === 0) {
    const why = first ? `; on line ${first.line}: ${first.reason}` : ", it is empty";
    throw new HttpProblem(422, `No row of the file is a problem with an answer${why}.`, [
      ...refused.map(({ line, reason }) => ({ field: `body.${line}`, message: reason })),
    ]);
  }
  if ((await store.list()).length >= MOST_SETS) {
    throw new HttpProblem(409, `There are ${MOST_SETS} problem sets already; delete one first.`);
  }
  const set = {
    ...{ id: nextId(), name, createdAt: new Date().toISOString() },
    ...{ problems: problems.length, refused: refusedCount },
  };
  await store.add({ set, problems, refused });
  return pageOf({ set, refused }, problems.slice(0, FIRST_PAGE));
}

/** What there is, or an `HttpProblem` 404. */
export function foundSet<T>(id: string, found: T | null): T {
  if (found === null) throw new HttpProblem(404, `There is no problem set ${id}.`);
  return found;
}
