import { EVENT_VERSION } from "./events.ts";

/** An event as it came, before anybody checked it. */
export type RawEvent = Readonly<Record<string, unknown>>;

/** Makes an event of one version into one of the next. */
export type Upgrader = (event: RawEvent) => RawEvent;

/** Under each older version the way to the next. Version 1 is the first. */
const UPGRADERS: ReadonlyMap<number, Upgrader> = new Map();

/**
 * An event in the words of `version`, whatever older version it was written in.
 * Events that are not older, or of no known version, are left as they are.
 */
export function upgrade(
  event: RawEvent,
  version: number = EVENT_VERSION,
  upgraders: ReadonlyMap<number, Upgrader> = UPGRADERS,
): RawEvent {
  let upgraded = event;
  for (let v = Number(event["v"]); v < version; v++) {
    const step = upgraders.get(v);
    if (step === undefined) return event;
    upgraded = { ...step(upgraded), v: v + 1 };
  }
  return upgraded;
}
