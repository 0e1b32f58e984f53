import { existsSync, readdirSync, readFileSync } from "node:fs";
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

/** The cards `*.json` of the folder, by name. Each stands beside the weights `*.gguf`. */
export function embeddedCards(folder: string): ModelCard[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => {
      try {
        return ModelCard.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8")));
      } catch (error) {
        const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
        throw new Error(`The model card ${file} cannot be read: ${why}`, { cause: error });
      }
    });
}
