import { z } from "zod";
import { COMMANDS, type CommandId } from "../../commands.ts";

const KEY = "sentei.recent-commands";
/** So many come first. */
const MOST = 5;

const Names = z.array(z.string());

/** Commands that were run from the palette on this browser, the latest first; none if that is not to be read. */
export function recentCommands(): readonly CommandId[] {
  const names = Names.safeParse(parsed(localStorage.getItem(KEY) ?? "[]"));
  if (!names.success) return [];
  return names.data
    .map((name) => COMMANDS.find(({ id }) => id === name)?.id)
    .filter((id) => id !== undefined);
}

export function rememberCommand(id: CommandId): void {
  const others = recentCommands().filter((other) => other !== id);
  localStorage.setItem(KEY, JSON.stringify([id, ...others].slice(0, MOST)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
