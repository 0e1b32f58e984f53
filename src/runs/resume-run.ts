import type { RunEvent, StartedEvent } from "../protocol/events.ts";
import { type ModelList, RunSpec } from "../protocol/runs.ts";
import { HttpProblem } from "./http-problem.ts";

/** A log that a search goes on from. */
export interface Recorded {
  readonly run: string;
  readonly events: readonly RunEvent[];
}

/**
 * The spec of the run that goes on where a log stopped. Throws an `HttpProblem`
 * 409 for a log that nobody can go on from, with the reason.
 */
export function specToResume(
  { run, events }: Recorded,
  { policies }: Pick<ModelList, "policies">,
): RunSpec {
  const [started] = events;
  const last = events.at(-1);
  const refuse = (why: string) => new HttpProblem(409, `Run ${run} cannot be resumed: ${why}.`);
  if (started?.type !== "started" || last === undefined) throw refuse("its log is empty");
  if (last.type === "finished") throw refuse("it is finished");
  if (started.unit === "token") throw refuse("it searches over tokens, of which no reply is kept");
  const card = policies.find(({ name }) => name === started.policy.name);
  if (typeof card?.remote?.whole === "string") {
    throw refuse("its policy writes whole solutions, and the log has only their first steps");
  }
  return specOf(started);
}

function specOf(started: StartedEvent): RunSpec {
  const { problem, earlier, strategy, policy, verifier, second, sampling, seed, budget } = started;
  return RunSpec.parse({
    problem: problem.text,
    ...(problem.reference !== undefined && { reference: problem.reference }),
    ...(earlier && { earlier }),
    ...{ strategy, policy: policy.name, verifier: verifier?.name ?? null },
    ...(second && { second: second.name }),
    ...{ sampling, seed, budget },
  });
}
