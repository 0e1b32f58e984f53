import { problem } from "./answer-error.ts";
import { ApiError, type Backend } from "./backend.ts";
import { RECORDED } from "./recorded-id.ts";

const loadReading = () => import("./read-recording.ts");

/** A backend that has, besides its own, the runs that were recorded and lie beside the page. */
export function withRecordedRuns(inner: Backend): Backend {
  return {
    ...inner,
    async run(id, options) {
      if (!RECORDED.test(id)) return inner.run(id, options);
      return (await loadReading()).fetchSummary(id, options);
    },
    async command(id, command, options) {
      if (!RECORDED.test(id)) return inner.command(id, command, options);
      throw new ApiError(
        problem(409, "Recorded", "This run is a recording, and takes no commands."),
      );
    },
    async openLog(id, start) {
      if (!RECORDED.test(id)) return inner.openLog(id, start);
      const log = await (await loadReading()).fetchRecording(id, start);
      const events = log.filter(({ seq }) => seq > start.after);
      return (async function* () {
        yield events;
        yield "end" as const;
      })();
    },
    async logFile(id, options) {
      if (!RECORDED.test(id)) return inner.logFile(id, options);
      return (await (await loadReading()).fetchFile(id, options)).blob();
    },
  };
}
