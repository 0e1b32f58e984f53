/** A place that a query names by its number. */
export interface Jump {
  readonly to: "node" | "event";
  readonly number: number;
}

const NODE = /^(?:go to )?(?:node |ノード|#)? ?(\d{1,10})$/;
const EVENT = /^(?:go to )?(?:event|イベント|e) ?(\d{1,10})$/;

/**
 * Where a query may want to go: `29`, `#29`, `node 29`, `ノード 29`, `go to event 120`. `nodes`
 * and `events` are how many there are; places that are not there are left out.
 */
export function jumpsOf(
  query: string,
  { nodes, events }: Record<"nodes" | "events", number>,
): Jump[] {
  const text = query.normalize("NFKC").trim().toLowerCase().replace(/\s+/g, " ");
  const node = Number(NODE.exec(text)?.[1] ?? Number.NaN);
  const event = Number((EVENT.exec(text) ?? /^(\d{1,10})$/.exec(text))?.[1] ?? Number.NaN);
  const jumps: Jump[] = [];
  if (node < nodes) jumps.push({ to: "node", number: node });
  if (event < events) jumps.push({ to: "event", number: event });
  return jumps;
}
