import { z } from "zod";
import type { Shown } from "./reasoning-tree.ts";

/** What the page around a frame and the frame say to each other, by `postMessage`. */
export const FRAME_VERSION = 1;

const node = z.int().nonnegative();

/** From the page to the frame. All but `sentei:connect` are ignored before it. */
export const ToFrame = z.discriminatedUnion("type", [
  /** The handshake: the frame answers with `sentei:ready`. */
  z.object({ type: z.literal("sentei:connect"), version: z.literal(FRAME_VERSION) }),
  /** Shows a log, NDJSON. */
  z.object({ type: z.literal("sentei:load"), log: z.string() }),
  /** More events of it. */
  z.object({ type: z.literal("sentei:append"), events: z.array(z.unknown()) }),
  z.object({ type: z.literal("sentei:seek"), seq: z.int().nullable() }),
  z.object({ type: z.literal("sentei:select"), node: node.nullable() }),
  z.object({
    type: z.literal("sentei:look"),
    theme: z.enum(["system", "light", "dark"]).optional(),
    labels: z.boolean().optional(),
    titles: z.boolean().optional(),
    order: z.enum(["generated", "score", "merged"]).optional(),
  }),
]);
export type ToFrame = z.infer<typeof ToFrame>;

/** From the frame to the page, at most once a frame of the screen. */
export type FromFrame =
  | { readonly type: "sentei:ready"; readonly version: typeof FRAME_VERSION }
  | { readonly type: "sentei:shown"; readonly shown: Shown }
  | { readonly type: "sentei:error"; readonly message: string };

/**
 * The origins whose pages may command this frame: those that its own address
 * names as `origin`, and that of the frame itself. Throws an `Error` for one that
 * is none; `*` is none.
 */
export function allowedOrigins(search: string, own: string): ReadonlySet<string> {
  const named = new URLSearchParams(search).getAll("origin").map((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || url.origin === "null" || url.origin !== text.replace(/\/$/, "")) {
      throw new Error(`origin must be one such as https://example.org, and is "${text}"`);
    }
    return url.origin;
  });
  return new Set([own, ...named]);
}
