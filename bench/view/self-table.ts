import type { Cell, Duration, Frames, Sample } from "./measure-cell.ts";
import { median, rounded } from "./percentile.ts";
import { medianDuration } from "./summary.ts";

type Times = Omit<Duration, "threads">;

/** One line of the table of `--self`: medians, thread time and wall time in ms. */
export function selfRow(
  { shape, nodes }: Cell,
  samples: readonly Sample[],
): Record<string, unknown> {
  const of = (pick: (sample: Sample) => number | undefined) =>
    rounded(median(samples.map(pick).filter((value) => value !== undefined)));
  const pair = (pick: (sample: Sample) => Times | undefined) =>
    `${of((sample) => pick(sample)?.thread)} (${of((sample) => pick(sample)?.wall)})`;
  const frames = (pick: (sample: Sample) => Frames | undefined) =>
    `${of((sample) => pick(sample)?.thread)} (${of((sample) => pick(sample)?.p95)}, ${of((sample) => pick(sample)?.workP95)})`;
  const failed = samples.find((sample) => sample.failed !== undefined)?.failed;
  return {
    shape,
    nodes,
    fold: of(({ foldMs }) => foldMs),
    paint: pair(({ paint }) => paint),
    pan: frames(({ pan }) => pan),
    zoom: frames(({ zoom }) => zoom),
    add: pair(({ adds }) => medianDuration(adds)),
    addGap: of(({ own }) => own?.addGap),
    scrub: `${of(({ own }) => own?.scrubThread)} (${of(({ own }) => own?.scrub)}, p95 ${of(({ own }) => own?.scrubP95)})`,
    columnB: of(({ own }) => own?.columnBytes),
    buffersB: of(({ own }) => own?.bufferBytes),
    endedB: of(({ own }) => own?.endedBytes),
    heapB: of(({ own }) => own?.heapBytes),
    ink: of(({ ink }) => (ink === undefined ? undefined : ink * 100)),
    ...(failed !== undefined && { failed }),
  };
}

/** Which threads took how much in the last sample, ms. */
export function threadsOf({ paint, adds, pan, zoom, own }: Sample): Record<string, string> {
  const parts = { paint, add: adds.at(-1), pan, zoom, scrub: own?.lastScrub };
  return Object.fromEntries(
    Object.entries(parts).map(([name, duration]) => [
      name,
      (duration?.threads ?? []).map((thread) => `${thread.name} ${rounded(thread.ms)}`).join(", "),
    ]),
  );
}
