import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ModelCard, type ModelList } from "../protocol/runs.ts";
import { modelList } from "../runs/model-list.ts";

/**
 * Everything that can be asked for by name where these are the embedded models.
 * Throws an `Error` that names the card which cannot be read.
 */
export function listModels(folder: string): ModelList {
  return modelList(embeddedCards(folder));
}

/**
 * The cards of a folder as they are whenever they are asked for: a training puts
 * new ones there while a server runs. They are read again only if a file has
 * changed; while one cannot be read, because it is just being written, those
 * from before stand. Throws like `listModels` if the first read fails.
 */
export function followCards(folder: string): () => readonly ModelCard[] {
  let seen = stateOf(folder);
  let cards: readonly ModelCard[] = embeddedCards(folder);
  return () => {
    const now = stateOf(folder);
    if (now === seen) return cards;
    try {
      cards = embeddedCards(folder);
      seen = now;
    } catch {
      // Asked again, it is read again.
    }
    return cards;
  };
}

/** Changes with every card that comes, goes or is written anew. */
function stateOf(folder: string): string {
  return cardFiles(folder)
    .map((file) => {
      const stat = statSync(path.join(folder, file), { throwIfNoEntry: false });
      return `${file} ${stat?.mtimeMs} ${stat?.size}`;
    })
    .join();
}

function cardFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .toSorted();
}

/** The cards `*.json` of the folder, by name. Each stands beside the weights `*.gguf`. */
function embeddedCards(folder: string): ModelCard[] {
  return cardFiles(folder).map((file) => {
    try {
      return ModelCard.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8")));
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw new Error(`The model card ${file} cannot be read: ${why}`, { cause: error });
    }
  });
}
