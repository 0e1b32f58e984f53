import { ServerFault } from "./server-fault.ts";

/** Longest reply that is read, bytes. */
const LONGEST_REPLY = 10 * 2 ** 20;

/**
 * The body of a response as text. Throws a `ServerFault`: `truncated` if it
 * breaks off, `too_large` as soon as it is longer than `LONGEST_REPLY`.
 */
export async function readBody(response: Response): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes += part.value.byteLength;
      if (bytes > LONGEST_REPLY) {
        throw new ServerFault("too_large", `sent more than ${LONGEST_REPLY / 2 ** 20} MiB`, {
          mayHaveCost: true,
        });
      }
      text += decoder.decode(part.value, { stream: true });
    }
  } catch (error) {
    // Nobody reads on, so the connection is closed; why it broke is told already.
    reader.cancel().catch(() => {});
    if (error instanceof ServerFault) throw error;
    throw new ServerFault("truncated", "the reply broke off", {
      ...{ isPassing: true, mayHaveCost: true, cause: error },
    });
  }
  return text + decoder.decode();
}
