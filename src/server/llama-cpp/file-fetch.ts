import { fileURLToPath } from "node:url";
import type { Fetch } from "../../models/remote/model-server.ts";
import { ServerFault } from "../../models/remote/server-fault.ts";
import { guardedFetch } from "../connections/guarded-fetch.ts";
import { askForModel } from "./model-channel.ts";

/** A model in a GGUF file, asked as if llama.cpp's server ran at the file's URL. */
export function fileFetch(url: string): Fetch {
  const ask = guardedFetch({ allowPrivate: false });
  const file = fileURLToPath(url);
  return async (address, init) => {
    const place = await askForModel(file, init.signal ?? new AbortController().signal);
    if ("message" in place) throw new ServerFault("unsupported", place.message);
    const headers = { ...init.headers, authorization: `Bearer ${place.key}` };
    return ask(place.url + address.slice(url.length), { ...init, headers });
  };
}
