import { z } from "zod";
import { readGguf } from "../models/embedded/gguf.ts";
import kernelUrl from "../models/embedded/kernel.wasm?url";
import { ModelCard } from "../protocol/runs.ts";
import { type ModelHost, modelHost } from "../runs/model-host.ts";
import { breathe } from "./breathe.ts";

/**
 * The models whose files lie under an address: `cards.json`, the cards of all of them,
 * and `NAME.gguf`, the weights of one, which are fetched when a run asks for them.
 */
export async function openBrowserModels(folder: string): Promise<ModelHost> {
  const [cards, kernel] = await Promise.all([
    fetchFile(new URL("cards.json", folder)).then((file) => file.json()),
    fetchFile(new URL(kernelUrl, import.meta.url)).then(async (file) =>
      WebAssembly.compile(await file.arrayBuffer()),
    ),
  ]);
  const known = z.array(ModelCard).parse(cards);
  return modelHost({
    ...{ cards: () => known, kernel, breathe },
    async load(name) {
      const file = await fetchFile(new URL(`${name}.gguf`, folder));
      return readGguf(new Uint8Array(await file.arrayBuffer()));
    },
  });
}

async function fetchFile(url: URL): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} cannot be had: status ${response.status}`);
  return response;
}
