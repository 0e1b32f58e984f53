import type { SetProblem, UploadedSetPage } from "../../../protocol/uploaded-sets.ts";
import { backend, type SetFile } from "../../backend/backend.ts";
import { queryClient, setsQuery } from "../../queries.ts";
import { t } from "../../words/t.ts";
import { edit } from "./draft.ts";

/** Largest file that is sent, bytes, as the server has it. */
const MOST_BYTES = 16 << 20;

/** In which fields of its rows a file has problem and answer; empty where that is to be guessed. */
export interface FieldNames {
  readonly problem: string;
  readonly answer: string;
}

/** Has a file kept as a problem set, named for it. Rejects with an `Error` whose message is for people. */
export async function uploadSet(file: File, names: FieldNames): Promise<UploadedSetPage> {
  if (file.size > MOST_BYTES) {
    const mebibytes = Math.ceil(file.size / 2 ** 20);
    throw new Error(
      t("{file} has {size} MiB, and at most 16 can be kept.", { file: file.name, size: mebibytes }),
    );
  }
  const name = file.name.replace(/\.\w+$/, "").slice(0, 120) || "problems";
  const query = {
    name,
    ...(names.problem.trim() !== "" && { problem: names.problem.trim() }),
    ...(names.answer.trim() !== "" && { answer: names.answer.trim() }),
  };
  const page = await backend().sets!.upload(await readFile(file), query);
  await queryClient.invalidateQueries(setsQuery);
  return page;
}

async function readFile(file: File): Promise<SetFile> {
  const format = /\.[ct]sv$/i.test(file.name) ? "csv" : "jsonl";
  return { text: await file.text(), format };
}

/** Deletes a set. Rejects with an `ApiError`. */
export async function removeSet(id: string): Promise<void> {
  await backend().sets!.remove(id);
  await queryClient.invalidateQueries(setsQuery);
}

/** Puts a problem of a set into the form, to be graded by its answer. */
export function takeProblem({ problem, answer }: SetProblem): void {
  edit({ text: problem, known: { problem, answer } });
}
