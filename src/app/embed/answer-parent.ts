import { WireError } from "../../protocol/wire.ts";
import { FRAME_VERSION, type FromFrame, ToFrame } from "./frame-messages.ts";
import type { ReasoningTree, Shown } from "./reasoning-tree.ts";

/** The windows that take part; tests put their own in their place. */
export interface Windows {
  readonly own: Pick<Window, "addEventListener">;
  readonly parent: Pick<Window, "postMessage">;
}

/**
 * Lets the page around this frame command a tree. Only messages of the parent
 * window count, and only from an origin that is allowed; nothing is told to
 * anybody before such a page has said `sentei:connect`, and then only to its
 * origin. A message that is no command is answered with what is wrong with it.
 */
export function answerParent(
  tree: ReasoningTree,
  origins: ReadonlySet<string>,
  { own, parent }: Windows = { own: window, parent: window.parent },
): void {
  let connected: string | null = null;
  let told = "";
  const tell = (message: FromFrame) => {
    if (connected !== null) parent.postMessage(message, connected);
  };
  const tellShown = (shown: Shown) => {
    const text = JSON.stringify(shown);
    if (text === told) return;
    told = text;
    tell({ type: "sentei:shown", shown });
  };
  tree.onChange(tellShown);
  own.addEventListener("message", ({ source, origin, data }: MessageEvent) => {
    if (source !== parent || !origins.has(origin) || !isOurs(data)) return;
    const message = ToFrame.safeParse(data);
    if (message.success && message.data.type === "sentei:connect") {
      connected = origin;
      told = "";
      tell({ type: "sentei:ready", version: FRAME_VERSION });
      tellShown(tree.shown());
      return;
    }
    if (connected !== origin) return;
    try {
      if (!message.success) throw new WireError(wordsOf(message.error.issues[0]!));
      obey(tree, message.data);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      tell({ type: "sentei:error", message: error.message });
    }
  });
}

/** Other programs on a page send messages, too. */
function isOurs(data: unknown): boolean {
  const { type } = (data ?? {}) as { type?: unknown };
  return typeof type === "string" && type.startsWith("sentei:");
}

function wordsOf({ path, message }: { path: PropertyKey[]; message: string }): string {
  return `${path.length > 0 ? `${path.join(".")}: ` : ""}${message}`;
}

function obey(tree: ReasoningTree, message: ToFrame): void {
  switch (message.type) {
    case "sentei:load":
      tree.load(message.log);
      break;
    case "sentei:append":
      tree.append(message.events);
      break;
    case "sentei:seek":
      tree.seek(message.seq);
      break;
    case "sentei:select":
      tree.select(message.node);
      break;
    case "sentei:look": {
      const { type: _, ...look } = message;
      const told = Object.entries(look).filter(([, value]) => value !== undefined);
      tree.set(Object.fromEntries(told));
      break;
    }
  }
}
