import { z } from "zod";
import { RunEvent, UnknownEvent } from "../../protocol/events.ts";

const Message = z.array(z.union([RunEvent, UnknownEvent]));

/** The events of one message of the stream. */
export function parseEvents(data: string): (RunEvent | UnknownEvent)[] {
  return Message.parse(JSON.parse(data));
}
