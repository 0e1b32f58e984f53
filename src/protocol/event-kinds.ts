import { type EventType, RunEvent, type UnknownEvent } from "./events.ts";

const types: readonly EventType[] = RunEvent.options.map(({ shape }) => shape.type.value);

/** Every type of event under a small number, as `Tree.eventKindAt` gives it; 0 for types that nobody here knows. */
export const EVENT_KINDS: readonly (EventType | "unknown")[] = ["unknown", ...types];

const kinds: ReadonlyMap<string, number> = new Map(types.map((type, i) => [type, i + 1]));

/** Index into `EVENT_KINDS`. */
export function kindOf(type: string): number {
  return kinds.get(type) ?? 0;
}

/** Whether this version knows what the event says. */
export function isKnown(event: RunEvent | UnknownEvent): event is RunEvent {
  return kinds.has(event.type);
}
